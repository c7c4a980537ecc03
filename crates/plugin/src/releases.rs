//! Deferred releases: threads that must not enter a runtime put its objects on
//! a stack, and another thread releases them.

use core::marker::PhantomData;
use core::ptr::{NonNull, null_mut};
use core::sync::atomic::{AtomicPtr, Ordering};
use std::sync::OnceLock;
use std::thread::{Builder, Thread};

/// Something that can be put on a [`Stack`].
///
/// # Safety
/// The place that `next` returns must be in the object itself, and be used only
/// by the stack.
pub unsafe trait Link {
    /// Where the address of the next one is stored.
    fn next(this: NonNull<Self>) -> NonNull<*mut Self>;
}

/// Pending releases: pushed by any thread under any lock, and taken all at once.
/// Lock-free: each push is a `Release`, and continues the release sequence of
/// those before it, so that the `Acquire` in `take` makes all objects visible as
/// they were pushed.
#[derive(Debug)]
pub struct Stack<T>(AtomicPtr<T>);

impl<T: Link> Stack<T> {
    /// An empty stack.
    #[must_use]
    pub const fn new() -> Self {
        Self(AtomicPtr::new(null_mut()))
    }

    /// Pushes one. Returns whether the stack was empty.
    ///
    /// # Safety
    /// No other thread may have access to `this`, which must stay valid until
    /// it is taken.
    pub unsafe fn push(&self, this: NonNull<T>) -> bool {
        let next = T::next(this);
        let mut head = self.0.load(Ordering::Relaxed); // not dereferenced
        loop {
            // SAFETY: the place is in `this`, which is ours until the exchange.
            unsafe { next.write(head) };
            let (success, failure) = (Ordering::Release, Ordering::Relaxed);
            match self.0.compare_exchange_weak(head, this.as_ptr(), success, failure) {
                Ok(_) => return head.is_null(),
                Err(now) => head = now,
            }
        }
    }

    /// Whether it is empty, as far as this thread has seen: for a thread that was woken
    /// after the push, or will check again.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.load(Ordering::Relaxed).is_null()
    }

    /// Takes all of them, the last one pushed first.
    pub fn take(&self) -> Taken<T> {
        Taken(self.0.swap(null_mut(), Ordering::Acquire), PhantomData)
    }
}

impl<T: Link> Default for Stack<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// What was taken. Only the taker has access to it.
#[derive(Debug)]
pub struct Taken<T>(*mut T, PhantomData<T>);

impl<T: Link> Iterator for Taken<T> {
    type Item = NonNull<T>;

    fn next(&mut self) -> Option<NonNull<T>> {
        let first = NonNull::new(self.0)?;
        // SAFETY: it was pushed, and is only returned after this.
        self.0 = unsafe { T::next(first).read() };
        Some(first)
    }
}

/// A thread that is started when it is first woken, since most runtimes run
/// faster in a process with one thread.
#[derive(Debug)]
pub struct Worker {
    name: &'static str,
    work: fn(),
    thread: OnceLock<Option<Thread>>,
}

impl Worker {
    /// `work` is the main function of the thread; it parks to wait.
    #[must_use]
    pub const fn new(name: &'static str, work: fn()) -> Self {
        Self { name, work, thread: OnceLock::new() }
    }

    /// Unparks the thread. Does nothing if it cannot be started.
    pub fn wake(&self) {
        let start = || Builder::new().name(self.name.into()).spawn(self.work).ok();
        let thread = self.thread.get_or_init(|| start().map(|handle| handle.thread().clone()));
        thread.iter().for_each(Thread::unpark);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Node {
        number: u32,
        next: *mut Node,
    }
    // SAFETY: only the stack uses the field.
    unsafe impl Link for Node {
        fn next(this: NonNull<Self>) -> NonNull<*mut Self> {
            // SAFETY: a field of a live node.
            unsafe { NonNull::from(&mut (*this.as_ptr()).next) }
        }
    }

    fn push(stack: &Stack<Node>, number: u32) -> bool {
        let node = Box::leak(Box::new(Node { number, next: null_mut() }));
        // SAFETY: just made.
        unsafe { stack.push(node.into()) }
    }

    fn numbers(stack: &Stack<Node>) -> Vec<u32> {
        // SAFETY: `push` boxed each of them, and the taker owns them.
        stack.take().map(|node| unsafe { Box::from_raw(node.as_ptr()) }.number).collect()
    }

    #[test]
    fn pushes_of_several_threads_are_taken_once() {
        let stack = Stack::new();
        assert!(push(&stack, 0) && !push(&stack, 1));
        assert_eq!(numbers(&stack), [1, 0]);
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let stack = &stack;
                scope.spawn(move || (0..100).for_each(|i| _ = push(stack, thread * 100 + i)));
            }
        });
        let mut all = numbers(&stack);
        all.sort_unstable();
        assert!(all.iter().copied().eq(0..400) && stack.is_empty());
    }

    /// Each is seen as it was written, even below those of other threads.
    #[test]
    fn concurrently_taken_objects_are_complete() {
        const EACH: u32 = 50_000;
        let stack = Stack::new();
        let sum = std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| (1..=EACH).for_each(|number| _ = push(&stack, number)));
            }
            let (mut taken, mut sum) = (0, 0);
            while taken < 2 * EACH {
                let some = numbers(&stack);
                taken += some.len() as u32;
                sum += some.into_iter().map(u64::from).sum::<u64>();
            }
            sum
        });
        assert_eq!(sum, u64::from(EACH) * u64::from(EACH + 1));
    }
}
