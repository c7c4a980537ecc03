//! What is given up by threads that must not enter the runtime it belongs to:
//! they put it aside, and another thread gives it back.

use core::marker::PhantomData;
use core::ptr::{NonNull, null_mut};
use core::sync::atomic::{AtomicPtr, Ordering};
use std::sync::OnceLock;
use std::thread::{Builder, Thread};

/// Something that can be put aside.
///
/// # Safety
/// The place that `next` gives must be in the thing itself, and be for the
/// stack's use alone.
pub unsafe trait Link {
    /// Where the address of the next one is kept.
    fn next(this: NonNull<Self>) -> NonNull<*mut Self>;
}

/// Things that were put aside: pushed by any thread under any lock, taken as a
/// whole. Lock-free: each push is a `Release`, and continues those before it, so
/// that the `Acquire` of whoever takes sees all things as they were left.
#[derive(Debug)]
pub struct Stack<T>(AtomicPtr<T>);

impl<T: Link> Stack<T> {
    /// Nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self(AtomicPtr::new(null_mut()))
    }

    /// Puts one aside. Whether it is the first one.
    ///
    /// # Safety
    /// Nobody else may know `this`, which stays valid until it is taken.
    pub unsafe fn push(&self, this: NonNull<T>) -> bool {
        let next = T::next(this);
        let mut head = self.0.load(Ordering::Relaxed); // not looked into
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

    /// Whether there is nothing, as far as this thread has seen: for one that was woken
    /// after the push, or will look again.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.load(Ordering::Relaxed).is_null()
    }

    /// Takes all there is, the last one first.
    pub fn take(&self) -> Taken<T> {
        Taken(self.0.swap(null_mut(), Ordering::Acquire), PhantomData)
    }
}

impl<T: Link> Default for Stack<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// What was taken: each is the taker's alone.
#[derive(Debug)]
pub struct Taken<T>(*mut T, PhantomData<T>);

impl<T: Link> Iterator for Taken<T> {
    type Item = NonNull<T>;

    fn next(&mut self) -> Option<NonNull<T>> {
        let first = NonNull::new(self.0)?;
        // SAFETY: it was pushed, and is given out after this.
        self.0 = unsafe { T::next(first).read() };
        Some(first)
    }
}

/// A thread of ours that is started when it is first woken: a process of one
/// thread is cheaper for most runtimes.
#[derive(Debug)]
pub struct Worker {
    name: &'static str,
    work: fn(),
    thread: OnceLock<Option<Thread>>,
}

impl Worker {
    /// `work` is the whole life of the thread; it parks to wait.
    #[must_use]
    pub const fn new(name: &'static str, work: fn()) -> Self {
        Self { name, work, thread: OnceLock::new() }
    }

    /// Unparks it; nothing happens where it cannot be started.
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
    // SAFETY: the field is the stack's alone.
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
        // SAFETY: `push` boxed each, and they are the taker's.
        stack.take().map(|node| unsafe { Box::from_raw(node.as_ptr()) }.number).collect()
    }

    #[test]
    fn what_several_threads_put_aside_is_taken_once() {
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

    /// Each is seen as it was written, also one that lies below those of other threads.
    #[test]
    fn what_is_taken_meanwhile_is_whole() {
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
