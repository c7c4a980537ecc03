//! Java strings read into an arena: as UTF-8, with a fast path for ASCII, or
//! in another encoding. A lone surrogate becomes U+FFFD.

use core::mem::MaybeUninit;
use core::ptr::NonNull;

use jni_sys::{jsize, jstring};
use metaffi_plugin::value::{Arena, Error};

use super::Env;
use super::text::{INLINE, STEP};

/// Bytes in an arena.
pub(crate) struct Text {
    pub(crate) data: NonNull<u8>,
    pub(crate) length: usize,
}

/// Copies a Java string into the arena as UTF-8.
///
/// # Safety
/// `string` must be a string.
#[inline]
pub(crate) unsafe fn read_string(
    env: Env,
    string: jstring,
    arena: &mut impl Arena,
) -> Result<Text, Error> {
    // SAFETY: the caller's promise.
    let length = unsafe { length(env, string) };
    let mut inline = [MaybeUninit::<u16>::uninit(); INLINE];
    if length <= INLINE {
        // SAFETY: the whole string fits into `inline`.
        let units = unsafe { region(env, string, 0, &mut inline[..length]) };
        if let Some(text) = narrow(units, arena)? {
            return Ok(text);
        }
    }
    // SAFETY: the caller's promise.
    unsafe { read_long_string(env, string, length, arena) }
}

/// # Safety
/// `string` must be a string of `length` units.
#[cold]
unsafe fn read_long_string(
    env: Env,
    string: jstring,
    length: usize,
    arena: &mut impl Arena,
) -> Result<Text, Error> {
    // SAFETY: the caller's promise.
    let units = || unsafe { Units::new(env, string, length) };
    match narrow_pieces(units(), arena)? {
        Some(text) => Ok(text),
        None => encode(units, arena),
    }
}

/// # Safety
/// `string` must be a string.
#[inline]
unsafe fn length(env: Env, string: jstring) -> usize {
    // SAFETY: the caller's promise; a length is never negative.
    unsafe { jni!(env, GetStringLength, string) as usize }
}

/// Reads the units from `start` on.
///
/// # Safety
/// `string` must be a string which reaches to `start + to.len()`.
#[inline]
unsafe fn region(env: Env, string: jstring, start: usize, to: &mut [MaybeUninit<u16>]) -> &[u16] {
    // SAFETY: the caller's promise; the region fills all of `to`.
    unsafe {
        jni!(
            env,
            GetStringRegion,
            string,
            start as jsize,
            to.len() as jsize,
            to.as_mut_ptr().cast()
        );
        core::slice::from_raw_parts(to.as_ptr().cast(), to.len())
    }
}

#[inline]
fn is_ascii(units: &[u16]) -> bool {
    units.iter().fold(0, |all, unit| all | unit) <= 0x7F
}

/// ASCII as bytes; `None` when there is anything else.
#[inline]
fn narrow(units: &[u16], arena: &mut impl Arena) -> Result<Option<Text>, Error> {
    if !is_ascii(units) {
        return Ok(None);
    }
    let data = arena.alloc(units.len(), 1)?;
    // SAFETY: `alloc` gave room for all units.
    unsafe { write_narrow(units, data.as_ptr()) };
    Ok(Some(Text { data, length: units.len() }))
}

/// # Safety
/// `to` must have room for as many bytes as there are units, which are ASCII.
#[inline]
unsafe fn write_narrow(units: &[u16], to: *mut u8) {
    let (steps, rest) = units.as_chunks::<STEP>();
    // SAFETY: the caller's promise.
    unsafe {
        for (index, step) in steps.iter().enumerate() {
            to.add(index * STEP).cast::<[u8; STEP]>().write_unaligned(step.map(|unit| unit as u8));
        }
        for (index, unit) in rest.iter().enumerate() {
            to.add(steps.len() * STEP + index).write(*unit as u8);
        }
    }
}

/// As [`narrow`], piece by piece.
fn narrow_pieces(mut units: Units, arena: &mut impl Arena) -> Result<Option<Text>, Error> {
    let (length, mut at) = (units.length, 0);
    let data = arena.alloc(length, 1)?;
    while let Some(piece) = units.next_piece() {
        if !is_ascii(piece) {
            return Ok(None);
        }
        // SAFETY: the pieces have `length` units together.
        unsafe { write_narrow(piece, data.as_ptr().add(at)) };
        at += piece.len();
    }
    Ok(Some(Text { data, length }))
}

/// Anything as UTF-8: once to measure, once to write.
#[cold]
fn encode(units: impl Fn() -> Units, arena: &mut impl Arena) -> Result<Text, Error> {
    let length = chars(units()).map(char::len_utf8).sum();
    let data = arena.alloc(length, 1)?;
    let mut at = 0;
    for c in chars(units()) {
        let mut bytes = [0; 4];
        let bytes = c.encode_utf8(&mut bytes).as_bytes();
        // SAFETY: a string does not change, so this is what was measured.
        unsafe { data.as_ptr().add(at).copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
        at += bytes.len();
    }
    Ok(Text { data, length })
}

fn chars(units: Units) -> impl Iterator<Item = char> {
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
}

/// Copies a Java string into the arena as UTF-16.
///
/// # Safety
/// `string` must be a string.
pub(crate) unsafe fn read_string16(
    env: Env,
    string: jstring,
    arena: &mut impl Arena,
) -> Result<Text, Error> {
    // SAFETY: the caller's promise.
    let units = unsafe { length(env, string) };
    let data = arena.alloc(units * size_of::<u16>(), align_of::<u16>())?;
    // SAFETY: `alloc` gave room for all units.
    unsafe {
        let room = core::slice::from_raw_parts_mut(data.as_ptr().cast(), units);
        region(env, string, 0, room);
    }
    Ok(Text { data, length: units * size_of::<u16>() })
}

/// Copies a Java string into the arena as UTF-32.
///
/// # Safety
/// `string` must be a string.
pub(crate) unsafe fn read_string32(
    env: Env,
    string: jstring,
    arena: &mut impl Arena,
) -> Result<Text, Error> {
    // SAFETY: the caller's promise.
    let text: Vec<char> = unsafe { chars(Units::new(env, string, length(env, string))) }.collect();
    Ok(Text { data: arena.copy(&text)?.cast(), length: size_of_val(&*text) })
}

/// A Java string as one of ours.
///
/// # Safety
/// `string` must be a string.
pub(crate) unsafe fn to_rust_string(env: Env, string: jstring) -> String {
    // SAFETY: the caller's promise.
    unsafe { chars(Units::new(env, string, length(env, string))) }.collect()
}

/// The units of a string, read in pieces, so that a long string is not held
/// twice.
struct Units {
    env: Env,
    string: jstring,
    length: usize,
    /// Units that are in `piece`, or were.
    read: usize,
    /// Next unit in `piece`, and its end.
    at: usize,
    end: usize,
    piece: [MaybeUninit<u16>; 1024],
}

impl Units {
    /// # Safety
    /// `string` must be a string of `length` units which outlives this.
    unsafe fn new(env: Env, string: jstring, length: usize) -> Self {
        let piece = [MaybeUninit::uninit(); 1024];
        Self { env, string, length, read: 0, at: 0, end: 0, piece }
    }

    fn next_piece(&mut self) -> Option<&[u16]> {
        let count = self.piece.len().min(self.length - self.read);
        if count == 0 {
            return None;
        }
        let (start, to) = (self.read, &mut self.piece[..count]);
        (self.read, self.at, self.end) = (start + count, 0, count);
        // SAFETY: `new` was promised a live string of that length.
        Some(unsafe { region(self.env, self.string, start, to) })
    }
}

impl Iterator for Units {
    type Item = u16;

    fn next(&mut self) -> Option<u16> {
        if self.at == self.end {
            self.next_piece()?;
        }
        self.at += 1;
        // SAFETY: `next_piece` wrote everything before `end`.
        Some(unsafe { self.piece[self.at - 1].assume_init() })
    }
}
