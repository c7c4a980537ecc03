//! Characters: Go has numbers in their place, so a result that is declared as
//! one becomes it here, after the call. Other entities never come by.
//! Any thread may enter.

use metaffi_plugin::value::{Error, GuestFrame, Type, TypeInfo};
use metaffi_plugin::{Callee, abi};

use crate::guest::context;

/// An entry of a guest, with results that are characters to its caller.
pub(crate) struct Characters {
    call: abi::CallFn,
    entry: usize,
    results: Vec<(usize, Type)>,
}

impl Characters {
    /// `None` when no result is declared as a character.
    ///
    /// # Safety
    /// `call` must take the number of an entry, and live as long as the process.
    pub(crate) unsafe fn among(
        rets: &[TypeInfo],
        call: abi::CallFn,
        entry: usize,
    ) -> Option<Characters> {
        let declared = rets.iter().map(|ret| ret.ty).enumerate();
        let results: Vec<_> = declared.filter(|(_, ty)| number(*ty).is_some()).collect();
        (!results.is_empty()).then_some(Characters { call, entry, results })
    }
}

impl Callee for Characters {
    fn call(&self, frame: &mut GuestFrame<'_>) -> Result<(), Error> {
        let raw = frame.as_raw();
        // SAFETY: `among` was promised as much of the function, and the frame
        // is this call's.
        let status = unsafe { (self.call)(context(self.entry), raw) };
        // SAFETY: as above; a failing callee transfers its error, and one that
        // succeeds has written as many results as its signature has.
        unsafe {
            let frame = &mut *raw.as_ptr();
            if status != abi::OK {
                return Err(Error::take_failure(status, frame.error.take()));
            }
            for (index, ty) in &self.results {
                (*frame.rets.add(*index)).ty = ty.raw();
            }
        }
        Ok(())
    }
}

/// The type that Go has for a character.
pub(crate) fn number(ty: Type) -> Option<Type> {
    match ty {
        Type::CHAR8 => Some(Type::UINT8),
        Type::CHAR16 => Some(Type::UINT16),
        Type::CHAR32 => Some(Type::INT32),
        _ => None,
    }
}
