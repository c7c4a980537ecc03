/**
 * The MetaFFI API for the JVM.
 *
 * <p>Objects of other languages are {@link metaffi.MetaFFIHandle}s in Java, and errors that MetaFFI
 * itself raises are {@link metaffi.MetaFFIException}s. Every class here is safe to use from any
 * thread.
 */
package metaffi;
