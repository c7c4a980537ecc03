//! Structs that were built with another minor version of the ABI. The header
//! has the rules, under "versions".
#![allow(unsafe_code)] // reads tables of a size that only they themselves know

use core::mem::MaybeUninit;
use core::ptr::NonNull;

use crate::{ABI_VERSION, Entity, EntityRequest, Error, Hub, ObjectVtable, Plugin};

/// Bytes from the start of a struct to the end of a field.
#[macro_export]
macro_rules! end_of {
    ($struct:ty, $field:ident) => {
        ::core::mem::offset_of!($struct, $field)
            + $crate::size_of_field(|raw: &$struct| &raw.$field)
    };
}

/// Whether a struct with a `struct_size` includes a field.
#[macro_export]
macro_rules! covers {
    ($raw:expr, $struct:ty, $field:ident) => {
        $raw.struct_size as usize >= const { $crate::end_of!($struct, $field) }
    };
}

#[doc(hidden)]
#[must_use]
pub const fn size_of_field<S, F>(_: fn(&S) -> &F) -> usize {
    size_of::<F>()
}

macro_rules! minimums {
    ($($struct:ident ends with $field:ident;)*) => {
        $(impl $struct {
            /// The size in the first minor version, which every struct of this
            /// version has at least.
            pub const MIN_SIZE: u32 = end_of!($struct, $field) as u32;
        })*
    };
}
// Frozen: appending a field does not change these.
minimums! {
    ObjectVtable ends with describe;
    Error ends with release;
    Entity ends with doc;
    EntityRequest ends with nrets;
    Hub ends with end_interrupt;
    Plugin ends with end_interrupt;
}

/// A table that starts with the ABI version and its own size.
///
/// # Safety
/// `repr(C)`, starting with these two as `u32`. Everything beyond `MIN_SIZE`
/// must be valid with all bits zero, like an `Option` of a function.
pub unsafe trait Table: Sized + 'static {
    /// Its name in the header.
    const NAME: &'static str;
    /// The size that every table has at least.
    const MIN_SIZE: u32;
}
// SAFETY: as their definitions show; nothing is beyond MIN_SIZE yet.
unsafe impl Table for Hub {
    const NAME: &'static str = "metaffi_hub";
    const MIN_SIZE: u32 = Hub::MIN_SIZE;
}
// SAFETY: as above.
unsafe impl Table for Plugin {
    const NAME: &'static str = "metaffi_plugin";
    const MIN_SIZE: u32 = Plugin::MIN_SIZE;
}

/// The other side's table, with all fields readable: fields that an older table
/// lacks are zero. Additional fields of a newer one are ignored.
///
/// # Errors
/// Why it cannot be used: it has another version, or is shorter than this
/// version allows.
///
/// # Safety
/// `table` must have the size that it declares, and must live and stay unchanged
/// as long as the process.
pub unsafe fn adopt<T: Table>(table: NonNull<T>) -> Result<&'static T, String> {
    // SAFETY: every table starts like this.
    let [version, size] = unsafe { table.cast::<[u32; 2]>().read() };
    if version != ABI_VERSION {
        return Err(format!("uses ABI version {version}, not version {ABI_VERSION}"));
    }
    if size < T::MIN_SIZE {
        return Err(format!(
            "has a {} of {size} bytes, but ABI version {ABI_VERSION} requires at least {}",
            T::NAME,
            T::MIN_SIZE
        ));
    }
    if size as usize >= size_of::<T>() {
        // SAFETY: it is at least as long as ours, and lives as long as the
        // process.
        return Ok(unsafe { table.as_ref() });
    }
    let mut own = MaybeUninit::<T>::zeroed();
    // SAFETY: the table has this many bytes, which is fewer than ours; the rest
    // is zero, which the trait allows.
    unsafe {
        let (from, to) = (table.as_ptr().cast::<u8>(), own.as_mut_ptr().cast::<u8>());
        to.copy_from_nonoverlapping(from, size as usize);
        Ok(Box::leak(Box::new(own.assume_init())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Function = extern "C" fn() -> u32;

    /// A table of the second minor version, and its part from the first.
    #[repr(C)]
    struct Later {
        abi_version: u32,
        struct_size: u32,
        first: Function,
        second: Option<Function>,
    }
    #[repr(C)]
    struct Earlier {
        abi_version: u32,
        struct_size: u32,
        first: Function,
    }
    // SAFETY: two numbers first; an optional function last.
    unsafe impl Table for Later {
        const NAME: &'static str = "metaffi_later";
        const MIN_SIZE: u32 = size_of::<Earlier>() as u32;
    }

    extern "C" fn seven() -> u32 {
        7
    }

    fn adopted(version: u32, size: u32) -> Result<&'static Later, String> {
        let table = Earlier { abi_version: version, struct_size: size, first: seven };
        let table: &'static Earlier = Box::leak(Box::new(table));
        // SAFETY: the tests below pass sizes that do not exceed it.
        unsafe { adopt(NonNull::from(table).cast::<Later>()) }
    }

    #[test]
    fn fields_that_an_older_table_lacks_are_absent() {
        let later = adopted(ABI_VERSION, size_of::<Earlier>() as u32).unwrap();
        assert_eq!((later.first)(), 7);
        assert!(later.second.is_none());
        assert!(covers!(later, Later, first) && !covers!(later, Later, second));
    }

    #[test]
    fn a_newer_table_is_used_directly() {
        let (abi_version, struct_size) = (ABI_VERSION, size_of::<Later>() as u32 + 64);
        let table = Later { abi_version, struct_size, first: seven, second: Some(seven) };
        let table: &'static Later = Box::leak(Box::new(table));
        // SAFETY: only existing fields are read.
        let same = unsafe { adopt(NonNull::from(table)) }.unwrap();
        assert!(core::ptr::eq(same, table));
    }

    #[test]
    fn incompatible_tables_are_refused() {
        assert_eq!(
            adopted(ABI_VERSION + 1, 16).err().unwrap(),
            "uses ABI version 2, not version 1"
        );
        let why = adopted(ABI_VERSION, 15).err().unwrap();
        assert_eq!(why, "has a metaffi_later of 15 bytes, but ABI version 1 requires at least 16");
    }
}
