/**
 * What the openjdk plugin calls in Java: class loaders, reflection at load time, boxing, errors.
 *
 * <p>No part of the API. The plugin looks these members up by name, so that a change here needs the
 * same change there. Nothing in this package holds a lock while user code runs.
 */
package metaffi.internal;
