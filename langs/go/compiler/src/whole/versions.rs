//! The versions of symbols, which the loader takes from the libraries that are needed.

use object::elf;

use super::tables::{Tables, u16_at, u32_at};

/// The bit that hides a version.
const HIDDEN: u16 = 0x8000;

pub(super) fn check(tables: &Tables<'_, '_>, symbols: u64, texts: &[u8]) -> Result<(), String> {
    if !tables.has(elf::DT_VERSYM.0) {
        return Ok(());
    }
    let of_symbols = tables.table("versions", elf::DT_VERSYM.0, symbols * 2)?;
    let needed = needed(tables, texts).ok_or("its list of versions is damaged")?;
    let defined = u16::try_from(tables.get(elf::DT_VERDEFNUM.0)).unwrap_or(0);
    // 0 and 1 mean that a symbol is local, or has no version.
    let last = needed.max(defined).max(1);
    match of_symbols.chunks_exact(2).all(|version| u16_at(version, 0) & !HIDDEN <= last) {
        true => Ok(()),
        false => Err("its versions are damaged".to_owned()),
    }
}

/// The largest version number that is needed.
fn needed(tables: &Tables<'_, '_>, texts: &[u8]) -> Option<u16> {
    let mut last = 0;
    let mut at = tables.get(elf::DT_VERNEED.0);
    for _ in 0..tables.get(elf::DT_VERNEEDNUM.0) {
        let need = tables.image.at(at, 16)?;
        let file = text(texts, u64::from(u32_at(need, 4)))?;
        if !tables.needed.iter().any(|name| text(texts, *name) == Some(file)) {
            return None;
        }
        let mut version = at + u64::from(u32_at(need, 8));
        for _ in 0..u16_at(need, 2) {
            let entry = tables.image.at(version, 16)?;
            text(texts, u64::from(u32_at(entry, 8)))?;
            last = last.max(u16_at(entry, 6) & !HIDDEN);
            version += u64::from(u32_at(entry, 12));
        }
        at += u64::from(u32_at(need, 12));
    }
    Some(last)
}

/// The name that begins there.
fn text(texts: &[u8], at: u64) -> Option<&[u8]> {
    texts.get(usize::try_from(at).ok()?..)?.split(|byte| *byte == 0).next()
}
