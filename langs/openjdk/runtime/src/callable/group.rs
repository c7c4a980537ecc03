//! Members of one name: each call chooses one by its arguments, and the choice for arguments of one
//! shape is cached.

use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};

use jni_sys::jobject;
use metaffi_plugin::abi;
use metaffi_plugin::value::{Error, ErrorKind, GuestFrame};
use smallvec::SmallVec;

use super::inward::run;
use crate::api::{self, Candidate};
use crate::jni::{Env, Global};
use crate::resolve::{self, ArgumentShape, Member, Object, Sort};
use crate::upcall::Tiered;

/// The maximum number of cached choices, since objects of ever more classes may be passed.
const MAX_KNOWN: usize = 256;

/// Several members, or one with variable arguments.
pub(super) struct Group {
    /// The members, as `metaffi.internal.Members` describes them.
    members: Global,
    member: Member,
    /// The choices so far, the latest first; never freed, like plans. Each is linked by a `Release`
    /// that continues the previous one, so one `Acquire` makes the whole list visible.
    known: AtomicPtr<Known>,
}

/// The choice for arguments of one shape.
struct Known {
    shapes: Box<[ArgumentShape]>,
    call: Tiered,
    before: *const Known,
    count: usize,
}

impl Group {
    pub(super) const fn new(members: Global, member: Member) -> Self {
        Self { members, member, known: AtomicPtr::new(null_mut()) }
    }

    /// One call.
    ///
    /// # Safety
    /// `target` must be null, or an object that has the members.
    pub(super) unsafe fn run(
        &self,
        env: Env,
        target: jobject,
        frame: &mut GuestFrame<'_>,
    ) -> Result<(), Error> {
        let slots = self.arguments(frame.args())?;
        // SAFETY: slots of the call's frame are valid.
        let shapes: SmallVec<[ArgumentShape; 8]> = slots
            .iter()
            .map(|slot| unsafe { ArgumentShape::of(env, slot) })
            .collect::<Result<_, _>>()?;
        if let Some(known) = self.find(&shapes) {
            // SAFETY: the caller's promise.
            return unsafe { run(env, &known.call, target, frame) };
        }
        // SAFETY: as above.
        unsafe {
            let candidates = candidates(env, &self.members)?;
            let call = Tiered::new(resolve::chosen(env, candidates, self.member, &shapes, slots)?);
            match self.remember(&shapes, call) {
                Ok(known) => run(env, &known.call, target, frame),
                Err(call) => run(env, &call, target, frame),
            }
        }
    }

    /// The arguments of the member, without the object.
    fn arguments<'a>(&self, slots: &'a [abi::Value]) -> Result<&'a [abi::Value], Error> {
        match (self.member.object, slots) {
            (Object::Bound, all) => Ok(all),
            (_, [_, rest @ ..]) => Ok(rest),
            _ => {
                let message = "the object to call the member on is missing";
                Err(Error::new(ErrorKind::Argument, message))
            }
        }
    }

    #[inline]
    fn find(&self, shapes: &[ArgumentShape]) -> Option<&'static Known> {
        let mut next = self.latest();
        while let Some(known) = next {
            if *known.shapes == *shapes {
                return Some(known);
            }
            // SAFETY: null, or one that `remember` leaked.
            next = unsafe { known.before.as_ref() };
        }
        None
    }

    fn latest(&self) -> Option<&'static Known> {
        // SAFETY: null, or one that `remember` leaked.
        unsafe { self.known.load(Ordering::Acquire).as_ref() }
    }

    /// Stores a choice permanently, unless there are too many; two threads may store the same one.
    fn remember(
        &self,
        shapes: &[ArgumentShape],
        call: Tiered,
    ) -> Result<&'static Known, Box<Tiered>> {
        let count = self.latest().map_or(0, |latest| latest.count) + 1;
        if count > MAX_KNOWN {
            return Err(Box::new(call));
        }
        let known = Known { shapes: shapes.into(), call, before: null_mut(), count };
        let known = Box::into_raw(Box::new(known));
        let link = |before: *mut Known| {
            // SAFETY: it is ours until the exchange succeeds.
            unsafe { (*known).before = before };
            Some(known)
        };
        let _ = self.known.fetch_update(Ordering::Release, Ordering::Relaxed, link);
        // SAFETY: never freed, and no longer changed.
        Ok(unsafe { &*known })
    }
}

/// The members that `metaffi.internal.Members` describes in an array.
pub(super) fn candidates(env: Env, members: &Global) -> Result<Vec<Candidate>, Error> {
    // SAFETY: an array of such descriptions.
    unsafe {
        let all = (0..env.length(members.as_raw()))
            .filter_map(|at| env.element(members.as_raw(), at))
            .map(|member| api::candidate(env, &member));
        all.collect()
    }
}

/// How many arguments members take, and whether any of them has a result.
pub(super) struct Counts {
    pub(super) least: usize,
    pub(super) most: u32,
    pub(super) has_result: bool,
}

impl Counts {
    pub(super) fn of(members: &[Candidate], member: Member) -> Self {
        let object = usize::from(member.object != Object::Bound);
        let count = |one: &Candidate| one.types.len() - 1 + object;
        let least = members.iter().map(|one| count(one) - usize::from(one.is_varargs));
        let is_open = members.iter().any(|one| one.is_varargs);
        let most = members.iter().map(count).max().unwrap_or(0) as u32;
        Self {
            least: least.min().unwrap_or(0),
            most: if is_open { u32::MAX } else { most },
            has_result: member.sort == Sort::Constructor
                || members
                    .iter()
                    .any(|one| one.types.last().is_none_or(|(_, name)| name != "void")),
        }
    }
}
