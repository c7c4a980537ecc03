//! A frame for warming up the code that all stubs share.

use core::ffi::c_void;
use core::mem::MaybeUninit;
use core::ptr::NonNull;

use metaffi_plugin::abi;
use metaffi_plugin::value::{CallFrame, Error, GuestFrame};

/// As many characters as there are bytes in an array of `LENGTH` longs.
const TEXT: &[u8; 8 * LENGTH] = &[b'x'; 8 * LENGTH];
const LENGTH: usize = 16;

/// Runs `body` with a frame in the form that `UpcallValues.warmUp` expects.
pub(super) fn with_frame<F>(mut body: F) -> Result<(), Error>
where
    F: FnMut(NonNull<abi::Frame>) -> Result<(), Error>,
{
    let payload = abi::Payload { data: TEXT.as_ptr().cast() };
    let arg = abi::Value { length: LENGTH as u64, ..crate::number::scalar(abi::STRING8, payload) };
    let mut rets = [MaybeUninit::uninit()];
    // SAFETY: the function accepts the body, and writes no result that owns anything.
    CallFrame::with(|mut frame| unsafe {
        frame.call(run::<F>, (&raw mut body).cast(), &[arg], &mut rets)
    })
}

unsafe extern "C" fn run<F>(body: *mut c_void, frame: NonNull<abi::Frame>) -> abi::Status
where
    F: FnMut(NonNull<abi::Frame>) -> Result<(), Error>,
{
    // SAFETY: `with_frame` passes its body, and the frame of this call.
    unsafe { GuestFrame::enter(frame, |_| (*body.cast::<F>())(frame)) }
}
