//! Structs that were built with another minor of the ABI: how far they reach.
//! The rule stands in the header, under "versions".
#![allow(unsafe_code)] // reads tables of a size that only they themselves know

use core::mem::MaybeUninit;
use core::ptr::NonNull;

use crate::{ABI_VERSION, Entity, EntityRequest, Error, Hub, ObjectVtable, Plugin};

/// Bytes from the begin of a struct to the end of a field.
#[macro_export]
macro_rules! end_of {
    ($struct:ty, $field:ident) => {
        ::core::mem::offset_of!($struct, $field)
            + $crate::size_of_field(|raw: &$struct| &raw.$field)
    };
}

/// Whether a struct, which says its `struct_size`, reaches to the end of a field.
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
            /// The size in the first minor of this version, which every one has.
            pub const MIN_SIZE: u32 = end_of!($struct, $field) as u32;
        })*
    };
}
// Frozen: a field that is appended changes none of these.
minimums! {
    ObjectVtable ends with describe;
    Error ends with release;
    Entity ends with doc;
    EntityRequest ends with nrets;
    Hub ends with end_interrupt;
    Plugin ends with end_interrupt;
}

/// A table that begins with the ABI's version and its own size.
///
/// # Safety
/// `repr(C)`, with two `u32` for these first; whatever is beyond `MIN_SIZE` is
/// valid when all its bits are zero, as an `Option` of a function is.
pub unsafe trait Table: Sized + 'static {
    /// Its name in the header.
    const NAME: &'static str;
    /// The size that every one has.
    const MIN_SIZE: u32;
}
// SAFETY: as their definitions say; nothing is beyond MIN_SIZE yet.
unsafe impl Table for Hub {
    const NAME: &'static str = "metaffi_hub";
    const MIN_SIZE: u32 = Hub::MIN_SIZE;
}
// SAFETY: as above.
unsafe impl Table for Plugin {
    const NAME: &'static str = "metaffi_plugin";
    const MIN_SIZE: u32 = Plugin::MIN_SIZE;
}

/// The table of the other side, whose fields may all be read: those that an older
/// one does not have are zero. A newer one's further fields are not seen.
///
/// # Errors
/// Why it cannot be used: another version, or shorter than any of this version.
///
/// # Safety
/// `table` must be one whose size is as it says, and which lives and stays as it
/// is as long as the process does.
pub unsafe fn adopt<T: Table>(table: NonNull<T>) -> Result<&'static T, String> {
    // SAFETY: every table begins so.
    let [version, size] = unsafe { table.cast::<[u32; 2]>().read() };
    if version != ABI_VERSION {
        return Err(format!("speaks ABI version {version}, and not version {ABI_VERSION}"));
    }
    if size < T::MIN_SIZE {
        return Err(format!(
            "has a {} of {size} bytes, and ABI version {ABI_VERSION} begins with {}",
            T::NAME,
            T::MIN_SIZE
        ));
    }
    if size as usize >= size_of::<T>() {
        // SAFETY: it is as long as ours, and lives as long as the process.
        return Ok(unsafe { table.as_ref() });
    }
    let mut own = MaybeUninit::<T>::zeroed();
    // SAFETY: so many bytes are there, and fewer than ours has; what is left is
    // zero, which the trait allows.
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

    /// A table of the second minor, and what there was of it in the first.
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
    // SAFETY: two numbers first; a function that may be absent last.
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
        // SAFETY: the tests below give sizes that are not larger than it is.
        unsafe { adopt(NonNull::from(table).cast::<Later>()) }
    }

    #[test]
    fn what_an_older_table_lacks_is_absent() {
        let later = adopted(ABI_VERSION, size_of::<Earlier>() as u32).unwrap();
        assert_eq!((later.first)(), 7);
        assert!(later.second.is_none());
        assert!(covers!(later, Later, first) && !covers!(later, Later, second));
    }

    #[test]
    fn a_newer_table_is_taken_as_it_is() {
        let (abi_version, struct_size) = (ABI_VERSION, size_of::<Later>() as u32 + 64);
        let table = Later { abi_version, struct_size, first: seven, second: Some(seven) };
        let table: &'static Later = Box::leak(Box::new(table));
        // SAFETY: no more of it is read than there is.
        let same = unsafe { adopt(NonNull::from(table)) }.unwrap();
        assert!(core::ptr::eq(same, table));
    }

    #[test]
    fn others_are_refused() {
        assert_eq!(
            adopted(ABI_VERSION + 1, 16).err().unwrap(),
            "speaks ABI version 2, and not version 1"
        );
        let why = adopted(ABI_VERSION, 15).err().unwrap();
        assert_eq!(why, "has a metaffi_later of 15 bytes, and ABI version 1 begins with 16");
    }
}
