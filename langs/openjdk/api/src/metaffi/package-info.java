/**
 * The MetaFFI API for the JVM.
 *
 * <p>Objects of other languages enter Java as {@link metaffi.MetaFFIHandle}, and errors that MetaFFI
 * itself raises in Java are a {@link metaffi.MetaFFIException}. Every class here may be used from
 * any thread.
 */
package metaffi;
