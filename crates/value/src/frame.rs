//! The two ends of a call: the host's frame, and the guest's view of it.
//!
//! A frame belongs to one thread. Its arena is 512 bytes on the host's stack.
//! Whatever does not fit is allocated separately and lives as long as the
//! frame.

use core::ffi::c_void;
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::ptr::{NonNull, null_mut};
use std::panic::{AssertUnwindSafe, catch_unwind};

use metaffi_abi as abi;

use crate::depth::Depth;
use crate::discard::discard;
use crate::error::{Error, ErrorKind};
use crate::lower::{Arena, lower_result};
use crate::value::Value;

/// Bytes of an arena that need no allocation.
pub const INLINE_ARENA: usize = 512;

#[repr(C)]
struct Storage {
    raw: abi::Frame, // first: `grow` gets a pointer to it
    overflow: Vec<Box<[MaybeUninit<u128>]>>,
    inline: MaybeUninit<[u128; INLINE_ARENA / 16]>,
}

/// The host's end of a call, with the arena that holds the results.
pub struct CallFrame<'a> {
    /// The pointer that all others into the storage derive from, so that pointers into the arena
    /// stay valid while frame and arena are used.
    storage: NonNull<Storage>,
    depth: Depth,
    _storage: PhantomData<&'a mut Storage>,
}

impl CallFrame<'_> {
    /// Runs `body` with a fresh frame. The frame does not move, so results in
    /// its arena stay valid until `body` returns.
    #[inline]
    pub fn with<R>(body: impl FnOnce(CallFrame<'_>) -> R) -> R {
        let mut storage = Storage {
            raw: abi::Frame {
                args: core::ptr::null(),
                rets: null_mut(),
                nargs: 0,
                nrets: 0,
                arena_next: null_mut(),
                arena_end: null_mut(),
                arena_grow: grow,
                error: None,
            },
            overflow: Vec::new(),
            inline: MaybeUninit::uninit(),
        };
        let place = NonNull::from(&mut storage);
        // SAFETY: points to the storage above, which nothing else refers to.
        unsafe {
            let start = (&raw mut (*place.as_ptr()).inline).cast::<u8>();
            (*place.as_ptr()).raw.arena_next = start;
            (*place.as_ptr()).raw.arena_end = start.wrapping_add(INLINE_ARENA);
        }
        body(CallFrame { storage: place, depth: Depth::default(), _storage: PhantomData })
    }

    /// Calls `call(context, frame)`.
    ///
    /// # Errors
    /// Whatever the callee reports.
    ///
    /// # Safety
    /// `args` must be valid slots for the whole call, and `call` a function
    /// that accepts `context`. On success, the callee has written `rets`; each
    /// that owns something must be taken once.
    #[inline]
    pub unsafe fn call(
        &mut self,
        call: abi::CallFn,
        context: *mut c_void,
        args: &[abi::Value],
        rets: &mut [MaybeUninit<abi::Value>],
    ) -> Result<(), Error> {
        // SAFETY: the caller's promise.
        match unsafe { self.call_status(call, context, args, rets) } {
            abi::OK => Ok(()),
            // SAFETY: a failing callee transfers its error to us.
            status => Err(unsafe { Error::take_failure(status, self.raw().error.take()) }),
        }
    }

    /// Like [`CallFrame::call`], but leaves the raw error for
    /// [`CallFrame::take_error`]: for callers that hold no runtime's lock
    /// during the call.
    ///
    /// # Safety
    /// As [`CallFrame::call`].
    #[inline]
    pub unsafe fn call_status(
        &mut self,
        call: abi::CallFn,
        context: *mut c_void,
        args: &[abi::Value],
        rets: &mut [MaybeUninit<abi::Value>],
    ) -> abi::Status {
        let raw = self.raw();
        raw.args = args.as_ptr();
        raw.nargs = args.len() as u32;
        raw.rets = rets.as_mut_ptr().cast();
        raw.nrets = rets.len() as u32;
        // SAFETY: the caller's promise; the frame is ours.
        unsafe { call(context, self.storage.cast()) }
    }

    #[inline]
    fn raw(&mut self) -> &mut abi::Frame {
        // SAFETY: the storage lives as long as `self`, and no call is in
        // progress.
        unsafe { &mut (*self.storage.as_ptr()).raw }
    }

    /// The error of a failed [`CallFrame::call_status`].
    #[must_use]
    pub fn take_error(&mut self, status: abi::Status) -> Error {
        // SAFETY: a failing callee transfers its error to us, and `take` moves it.
        unsafe { Error::take_failure(status, self.raw().error.take()) }
    }
}

impl Arena for CallFrame<'_> {
    fn depth(&mut self) -> &mut Depth {
        &mut self.depth
    }

    fn alloc(&mut self, size: usize, align: usize) -> Result<NonNull<u8>, Error> {
        // SAFETY: `with` completed the frame.
        unsafe { bump(self.storage.cast(), size, align) }
    }
}

unsafe extern "C" fn grow(frame: NonNull<abi::Frame>, size: u64) -> *mut c_void {
    // SAFETY: only frames at the start of a `Storage` have this function. The rest of the storage,
    // which has other pointers into it, is not touched.
    let overflow = unsafe { &mut (*frame.cast::<Storage>().as_ptr()).overflow };
    let Ok(units) = usize::try_from(size.div_ceil(16)) else { return null_mut() };
    let mut block: Vec<MaybeUninit<u128>> = Vec::new();
    if block.try_reserve_exact(units).is_err() {
        return null_mut();
    }
    // SAFETY: the capacity is reserved above, and uninitialised units are
    // valid.
    unsafe { block.set_len(units) };
    overflow.push(block.into_boxed_slice());
    overflow.last_mut().map_or(null_mut(), |block| block.as_mut_ptr().cast())
}

/// Allocates `size` bytes from the arena.
///
/// # Safety
/// `frame` must be a complete frame in use by this thread.
#[inline]
unsafe fn bump(
    frame: NonNull<abi::Frame>,
    size: usize,
    align: usize,
) -> Result<NonNull<u8>, Error> {
    let raw = frame.as_ptr();
    // SAFETY: the caller's promise. Raw reads, because `grow` accesses the
    // rest.
    let (next, end) = unsafe { ((*raw).arena_next, (*raw).arena_end) };
    let start = next.wrapping_add(next.align_offset(align));
    let free = (end as usize).saturating_sub(start as usize);
    if size <= free {
        // SAFETY: as above.
        unsafe { (*raw).arena_next = start.wrapping_add(size) };
        return Ok(NonNull::new(start).unwrap_or(NonNull::dangling()));
    }
    // SAFETY: `arena_grow` is part of a complete frame.
    let block = unsafe { ((*raw).arena_grow)(frame, size as u64) };
    NonNull::new(block.cast()).ok_or_else(|| {
        Error::new(
            ErrorKind::Internal,
            format!("out of memory: cannot allocate {size} bytes for a result"),
        )
    })
}

/// The guest's end of a call.
pub struct GuestFrame<'a> {
    raw: NonNull<abi::Frame>,
    depth: Depth,
    _call: PhantomData<&'a mut abi::Frame>,
}

impl<'a> GuestFrame<'a> {
    /// The one trampoline: runs `body`, stores its error or panic in the frame,
    /// and returns the status.
    ///
    /// # Safety
    /// `raw` must be the complete frame of the call that this thread is in.
    #[inline]
    pub unsafe fn enter(
        raw: NonNull<abi::Frame>,
        body: impl FnOnce(&mut GuestFrame<'_>) -> Result<(), Error>,
    ) -> abi::Status {
        let mut frame = GuestFrame { raw, depth: Depth::default(), _call: PhantomData };
        // Errors are converted to a status inside the closure, since they are
        // large to return.
        let outcome = catch_unwind(AssertUnwindSafe(|| match body(&mut frame) {
            Ok(()) => abi::OK,
            Err(error) => frame.fail(error),
        }));
        outcome.unwrap_or_else(|payload| frame.fail(Error::from_panic(&*payload)))
    }

    #[cold]
    fn fail(&mut self, error: Error) -> abi::Status {
        let status = error.kind as abi::Status;
        // SAFETY: `enter` was given a complete frame.
        unsafe { (*self.raw.as_ptr()).error = Some(error.into_raw()) };
        status
    }

    /// The arguments, borrowed until the call returns.
    #[inline]
    #[must_use]
    pub fn args(&self) -> &'a [abi::Value] {
        // SAFETY: a complete frame has `nargs` slots at `args`.
        unsafe {
            let raw = self.raw.as_ptr();
            crate::text::elements((*raw).args.cast(), u64::from((*raw).nargs))
        }
    }

    /// How many results the caller expects.
    #[inline]
    #[must_use]
    pub fn nrets(&self) -> usize {
        // SAFETY: as in `args`.
        unsafe { (*self.raw.as_ptr()).nrets as usize }
    }

    /// Writes result `index`. It is an error if the caller has no slot for it.
    ///
    /// # Errors
    /// `Argument` when there is no such slot.
    #[inline]
    pub fn set(&mut self, index: usize, value: abi::Value) -> Result<(), Error> {
        self.place(index)?.write(value);
        Ok(())
    }

    /// The slot to write result `index` to. Writing a result in place is faster
    /// than moving it there: the processor would have to wait for the parts of
    /// a slot to be stored before it can load the whole.
    ///
    /// # Errors
    /// `Argument` when the caller has no such slot.
    #[inline]
    pub fn place(&mut self, index: usize) -> Result<&'a mut MaybeUninit<abi::Value>, Error> {
        let count = self.nrets();
        if index >= count {
            return Err(no_slot(index, count));
        }
        // SAFETY: `index` is below `nrets` of a complete frame, whose slots
        // nothing else refers to during the call.
        Ok(unsafe { &mut *(*self.raw.as_ptr()).rets.add(index).cast() })
    }

    /// Lowers all results. The caller must expect this many.
    ///
    /// # Errors
    /// `Argument` when the numbers differ, `Internal` when out of memory.
    pub fn set_all(&mut self, results: &[Value]) -> Result<(), Error> {
        if results.len() != self.nrets() {
            let (expected, actual) = (self.nrets(), results.len());
            let message = format!("the caller expects {expected} result(s), got {actual}");
            return Err(Error::new(ErrorKind::Argument, message));
        }
        for (index, result) in results.iter().enumerate() {
            match lower_result(result, self) {
                Ok(slot) => self.set(index, slot)?,
                Err(error) => return Err(self.fail_after(index, error)),
            }
        }
        Ok(())
    }

    /// Releases the first `written` results, after which the call fails.
    #[cold]
    pub(crate) fn fail_after(&mut self, written: usize, error: Error) -> Error {
        for index in 0..written {
            // SAFETY: lowered into slots of this frame, and not seen by anyone else.
            unsafe { discard(&*(*self.raw.as_ptr()).rets.add(index)) };
        }
        error
    }

    /// Calls another function in this call's frame with other arguments. If
    /// `rets` is `Some`, it replaces the caller's results.
    ///
    /// # Errors
    /// Whatever the function fails with.
    ///
    /// # Safety
    /// Function and context must belong together and follow the header's rules, and
    /// the function must accept `args`.
    pub unsafe fn forward(
        &mut self,
        (call, context): (abi::CallFn, *mut c_void),
        args: &[abi::Value],
        rets: Option<&mut [MaybeUninit<abi::Value>]>,
    ) -> Result<(), Error> {
        let raw = self.raw.as_ptr();
        // SAFETY: `enter` was given a complete frame, which this thread uses. The
        // original slots are restored afterwards.
        let (status, failure) = unsafe {
            let before = ((*raw).args, (*raw).nargs, (*raw).rets, (*raw).nrets);
            ((*raw).args, (*raw).nargs) = (args.as_ptr(), args.len() as u32);
            if let Some(rets) = rets {
                ((*raw).rets, (*raw).nrets) = (rets.as_mut_ptr().cast(), rets.len() as u32);
            }
            let status = call(context, self.raw);
            ((*raw).args, (*raw).nargs, (*raw).rets, (*raw).nrets) = before;
            (status, if status == abi::OK { None } else { (*raw).error.take() })
        };
        // SAFETY: a failing callee transfers its error.
        unsafe { Error::check(status, failure) }
    }

    /// The error that another callee left in the raw frame when it returned a status other
    /// than 0.
    #[must_use]
    #[cold]
    pub fn take_failure(&mut self, status: abi::Status) -> Error {
        // SAFETY: `enter` was given a complete frame; a failing callee transfers its error.
        unsafe { Error::take_failure(status, (*self.raw.as_ptr()).error.take()) }
    }

    /// The raw frame, to pass to another callee.
    #[must_use]
    pub const fn as_raw(&self) -> NonNull<abi::Frame> {
        self.raw
    }
}

#[cold]
fn no_slot(index: usize, count: usize) -> Error {
    let message = format!("the caller has no slot for result {}, only {count} slot(s)", index + 1);
    Error::new(ErrorKind::Argument, message)
}

impl Arena for GuestFrame<'_> {
    fn depth(&mut self) -> &mut Depth {
        &mut self.depth
    }

    #[inline]
    fn alloc(&mut self, size: usize, align: usize) -> Result<NonNull<u8>, Error> {
        // SAFETY: `enter` was given a complete frame.
        unsafe { bump(self.raw, size, align) }
    }
}
