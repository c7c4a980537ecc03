/**
 * The Java part of the openjdk plugin: class loaders, reflection at load time, boxing, errors.
 *
 * <p>Not part of the API. The plugin looks these members up by name, so a change here needs the
 * same change there. Nothing in this package holds a lock while user code runs.
 */
package metaffi.internal;
