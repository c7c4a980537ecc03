/**
 * What generated stubs stand on.
 *
 * <p>Programs use the stubs; of this package they see the interfaces of functions that the JDK has
 * none for, {@link metaffi.stubs.Guest} and {@link metaffi.stubs.GuestObject#as}. Stubs that an older
 * MetaFFI wrote use this package, too: its names and their parameters stay.
 */
package metaffi.stubs;
