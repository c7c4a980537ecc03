//! Members of one name: each call chooses one by its arguments, and the choice
//! for arguments of one shape is remembered.

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

/// Choices that are remembered: objects of ever more classes may come.
const MOST_KNOWN: usize = 256;

/// Several members, or one that takes any number of arguments.
pub(super) struct Group {
    /// As `metaffi.internal.Members` describes them.
    members: Global,
    member: Member,
    /// What was chosen so far, the latest first; never freed, as plans are not. Each is linked by
    /// a `Release` that continues the one before, so one `Acquire` shows the whole list.
    known: AtomicPtr<Known>,
}

/// What was chosen for arguments of one shape.
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

    /// Those that the member takes, without the object.
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

    /// Keeps a choice for good, unless there are many; two threads may keep the same.
    fn remember(
        &self,
        shapes: &[ArgumentShape],
        call: Tiered,
    ) -> Result<&'static Known, Box<Tiered>> {
        let count = self.latest().map_or(0, |latest| latest.count) + 1;
        if count > MOST_KNOWN {
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
        // SAFETY: never freed, and changed no more.
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

/// How many arguments members take, and whether one of them has a result.
pub(super) struct Counts {
    pub(super) least: usize,
    pub(super) most: u32,
    pub(super) gives: bool,
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
            gives: member.sort == Sort::Constructor
                || members
                    .iter()
                    .any(|one| one.types.last().is_none_or(|(_, name)| name != "void")),
        }
    }
}
