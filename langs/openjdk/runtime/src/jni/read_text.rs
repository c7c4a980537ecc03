//! Reads Java strings into an arena: as UTF-8, with a fast path for ASCII, or in another encoding.
//! A lone surrogate becomes U+FFFD.

use core::mem::MaybeUninit;
use core::ptr::NonNull;

use encoding_rs::mem::convert_utf16_to_utf8_partial;
use jni_sys::{jsize, jstring};
use metaffi_plugin::value::{Arena, Error};

use super::Env;
use super::text::{INLINE, STEP};

/// The number of units of a long string that are read at once: few enough for the L1 cache.
const PIECE: usize = 4096;

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
    if length > INLINE {
        // SAFETY: the caller's promise.
        return encode(|each| unsafe { each_piece(env, string, length, each) }, arena);
    }
    let mut inline = [MaybeUninit::<u16>::uninit(); INLINE];
    // SAFETY: the whole string fits into `inline`.
    let units = unsafe { region(env, string, 0, &mut inline[..length]) };
    match narrow(units, arena)? {
        Some(text) => Ok(text),
        None => encode(|each| each(units), arena),
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
/// `string` must be a string of at least `start + to.len()` units.
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

/// ASCII as bytes; `None` if there is any other character.
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

/// Any text as UTF-8, from the pieces that `pieces` passes: first to measure, then to write.
#[cold]
fn encode(pieces: impl Fn(&mut dyn FnMut(&[u16])), arena: &mut impl Arena) -> Result<Text, Error> {
    let (mut bytes, mut at) = (0, 0);
    pieces(&mut |units| bytes += length_in_utf8(units));
    let data = arena.alloc(bytes, 1)?;
    // SAFETY: `alloc` gave room for this many bytes, and zero is a valid byte.
    let room = unsafe {
        data.write_bytes(0, bytes);
        core::slice::from_raw_parts_mut(data.as_ptr(), bytes)
    };
    pieces(&mut |units| {
        let (read, written) = convert_utf16_to_utf8_partial(units, &mut room[at..]);
        debug_assert_eq!(read, units.len(), "a string does not change after it was measured");
        at += written;
    });
    Ok(Text { data, length: bytes })
}

/// The number of UTF-8 bytes for the units of a piece. A lone surrogate becomes U+FFFD, which has
/// three.
fn length_in_utf8(units: &[u16]) -> usize {
    let all = units.iter().fold(0, |all, unit| all | unit);
    if all < 0x80 {
        return units.len();
    }
    // Summed as `u16`, which vectorizes: the sum for one piece cannot overflow.
    let more = |unit: &u16| u16::from(*unit >= 0x80) + u16::from(*unit >= 0x800);
    let more: u16 = units.iter().map(more).sum();
    units.len() + usize::from(more) - if all < 0xD800 { 0 } else { 2 * pairs(units) }
}

/// The number of characters that have two units.
fn pairs(units: &[u16]) -> usize {
    let halves = units.iter().zip(units.iter().skip(1));
    halves.filter(|(one, two)| is_high(**one) && (0xDC00..0xE000).contains(*two)).count()
}

/// Whether it is the first half of a character beyond U+FFFF.
fn is_high(unit: u16) -> bool {
    (0xD800..0xDC00).contains(&unit)
}

/// Reads a string in pieces, none of which ends inside a character.
///
/// # Safety
/// `string` must be a string of `length` units.
unsafe fn each_piece(env: Env, string: jstring, length: usize, each: &mut dyn FnMut(&[u16])) {
    let mut piece = [MaybeUninit::<u16>::uninit(); PIECE];
    let mut start = 0;
    while start < length {
        let count = PIECE.min(length - start);
        // SAFETY: the caller's promise: the region is within the string.
        let units = unsafe { region(env, string, start, &mut piece[..count]) };
        let is_last = start + count == length;
        let held_back = !is_last && units.last().is_some_and(|unit| is_high(*unit));
        let units = &units[..count - usize::from(held_back)];
        each(units);
        start += units.len();
    }
}

/// Collects the characters of a string into a `T`.
///
/// # Safety
/// `string` must be a string.
unsafe fn chars<T: Default + Extend<char>>(env: Env, string: jstring) -> T {
    let mut all = T::default();
    let mut add = |units: &[u16]| {
        let chars = char::decode_utf16(units.iter().copied());
        all.extend(chars.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
    };
    // SAFETY: the caller's promise.
    unsafe { each_piece(env, string, length(env, string), &mut add) };
    all
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
    let text: Vec<char> = unsafe { chars(env, string) };
    Ok(Text { data: arena.copy(&text)?.cast(), length: size_of_val(&*text) })
}

/// A Java string as a Rust string.
///
/// # Safety
/// `string` must be a string.
pub(crate) unsafe fn to_rust_string(env: Env, string: jstring) -> String {
    // SAFETY: the caller's promise.
    unsafe { chars(env, string) }
}
