//! The tables of a 64-bit library that the loader reads.

use std::collections::{HashMap, HashSet};

use object::elf::{self, DynamicTag};

use super::image::Image;
use super::versions;

const SYMBOL: u64 = 24;
const RELOCATION: u64 = 24;

pub(super) fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes)
}

/// The dynamic table, and what it says about the others.
pub(super) struct Tables<'i, 'd> {
    pub(super) image: &'i Image<'d>,
    values: HashMap<i64, u64>,
    /// Offsets of the names that it refers to; `needed` has those of the libraries that it needs.
    names: Vec<u64>,
    pub(super) needed: Vec<u64>,
}

/// Entries that exist together, or not at all.
const GROUPS: &[&[DynamicTag]] = &[
    &[elf::DT_STRTAB, elf::DT_STRSZ, elf::DT_SYMTAB, elf::DT_SYMENT],
    &[elf::DT_RELA, elf::DT_RELASZ, elf::DT_RELAENT],
    &[elf::DT_JMPREL, elf::DT_PLTRELSZ, elf::DT_PLTREL],
    &[elf::DT_INIT_ARRAY, elf::DT_INIT_ARRAYSZ],
    &[elf::DT_FINI_ARRAY, elf::DT_FINI_ARRAYSZ],
    &[elf::DT_VERNEED, elf::DT_VERNEEDNUM],
    &[elf::DT_VERDEF, elf::DT_VERDEFNUM],
];

pub(super) fn check(image: &Image<'_>) -> Result<(), String> {
    let tables = Tables::read(image)?;
    tables.check_groups()?;
    let texts = tables.texts()?;
    let symbols = tables.symbols(texts)?;
    versions::check(&tables, symbols, texts)?;
    tables.check_functions()?;
    let (rela, size) = (elf::DT_RELA, elf::DT_RELASZ);
    let relocations = tables.relocations("relocations", rela.0, size.0, symbols)?;
    let relative = usize::try_from(tables.get(elf::DT_RELACOUNT.0)).unwrap_or(usize::MAX);
    let first = relocations.chunks_exact(RELOCATION as usize).take(relative);
    if first.clone().count() != relative || first.clone().any(|it| u64_at(it, 8) != RELATIVE) {
        return Err("its relocations are damaged".to_owned());
    }
    let (jumps, size) = (elf::DT_JMPREL, elf::DT_PLTRELSZ);
    let jumps = tables.relocations("jump slots", jumps.0, size.0, symbols)?;
    tables.check_jumps(jumps)
}

impl<'d> Tables<'_, 'd> {
    fn read<'i>(image: &'i Image<'d>) -> Result<Tables<'i, 'd>, String> {
        let (address, size) = image.dynamic;
        let table = image.at(address, size).unwrap_or_default();
        let (names, needed) = Default::default();
        let mut tables = Tables { image, values: HashMap::new(), names, needed };
        for entry in table.chunks_exact(16) {
            let (tag, value) = (u64_at(entry, 0).cast_signed(), u64_at(entry, 8));
            if tag == elf::DT_NULL.0 {
                return Ok(tables);
            }
            let named = [elf::DT_NEEDED, elf::DT_SONAME, elf::DT_RPATH, elf::DT_RUNPATH];
            if named.iter().any(|known| known.0 == tag) {
                tables.names.push(value);
            }
            if tag == elf::DT_NEEDED.0 {
                tables.needed.push(value);
            }
            tables.values.insert(tag, value);
        }
        Err("its dynamic table has no end".to_owned())
    }

    fn check_groups(&self) -> Result<(), String> {
        for group in GROUPS {
            let there = group.iter().filter(|tag| self.has(tag.0)).count();
            if there != 0 && there != group.len() {
                return Err("its dynamic table is damaged".to_owned());
            }
        }
        let versions = self.has(elf::DT_VERNEED.0) || self.has(elf::DT_VERDEF.0);
        let relocations = self.values.get(&elf::DT_PLTREL.0).is_none_or(|kind| *kind == RELA)
            && self.values.get(&elf::DT_RELAENT.0).is_none_or(|size| *size == RELOCATION);
        let slots = match self.values.get(&elf::DT_PLTGOT.0) {
            Some(slots) => self.image.is_writable(*slots, 24),
            None => !self.has(elf::DT_JMPREL.0),
        };
        match versions == self.has(elf::DT_VERSYM.0) && relocations && slots {
            true => Ok(()),
            false => Err("its dynamic table is damaged".to_owned()),
        }
    }

    pub(super) fn has(&self, tag: i64) -> bool {
        self.values.contains_key(&tag)
    }

    pub(super) fn get(&self, tag: i64) -> u64 {
        self.values.get(&tag).copied().unwrap_or(0)
    }

    /// The bytes of a table whose address and size are given; empty if neither is.
    pub(super) fn table(&self, what: &str, address: i64, size: u64) -> Result<&'d [u8], String> {
        match self.values.get(&address) {
            None if size == 0 => Ok(&[]),
            None => Err(format!("its {what} are missing")),
            Some(address) => self
                .image
                .at(*address, size)
                .ok_or_else(|| format!("its {what} are outside of the file")),
        }
    }

    /// The names, each of which ends with a zero.
    fn texts(&self) -> Result<&'d [u8], String> {
        let texts = self.table("names", elf::DT_STRTAB.0, self.get(elf::DT_STRSZ.0))?;
        let ends = texts.last() == Some(&0);
        let inside = self.names.iter().all(|name| (*name as usize) < texts.len());
        if ends && inside { Ok(texts) } else { Err("its names are outside of the file".to_owned()) }
    }

    /// The number of symbols, from a hash table.
    fn symbols(&self, texts: &[u8]) -> Result<u64, String> {
        let count = match (self.values.get(&elf::DT_GNU_HASH.0), self.values.get(&elf::DT_HASH.0)) {
            (Some(address), _) => self.counted_by_gnu(*address),
            (None, Some(address)) => self.counted_by_hash(*address),
            (None, None) => None,
        };
        let count = count.ok_or("its table of names is damaged")?;
        let symbols = self.table("symbols", elf::DT_SYMTAB.0, count.saturating_mul(SYMBOL))?;
        let named = |symbol: &[u8]| (u32_at(symbol, 0) as usize) < texts.len();
        if self.get(elf::DT_SYMENT.0) != SYMBOL || !symbols.chunks_exact(SYMBOL as usize).all(named)
        {
            return Err("its symbols are damaged".to_owned());
        }
        Ok(count)
    }

    /// The old hash table: buckets and chains of symbol numbers.
    fn counted_by_hash(&self, address: u64) -> Option<u64> {
        let header = self.image.at(address, 8)?;
        let (buckets, count) = (u64::from(u32_at(header, 0)), u64::from(u32_at(header, 4)));
        let links = self.image.at(address + 8, (buckets + count) * 4)?;
        let inside = links.chunks_exact(4).all(|link| u64::from(u32_at(link, 0)) < count);
        (buckets > 0 && inside).then_some(count)
    }

    /// The new hash table: a filter, buckets with the first symbol of each, and a chain of hashes
    /// for each, the last of which is odd.
    fn counted_by_gnu(&self, address: u64) -> Option<u64> {
        let header = self.image.at(address, 16)?;
        let [buckets, base, filter, shift] = [0, 4, 8, 12].map(|at| u64::from(u32_at(header, at)));
        if buckets == 0 || !filter.is_power_of_two() || shift >= 64 {
            return None;
        }
        let start = address + 16 + filter * 8;
        let firsts = self.image.at(start, buckets * 4)?;
        let firsts = firsts.chunks_exact(4).map(|first| u64::from(u32_at(first, 0)));
        let chains = start + buckets * 4;
        let mut count = base;
        for first in firsts.filter(|first| *first != 0) {
            let mut symbol = first;
            loop {
                let at = chains.checked_add(symbol.checked_sub(base)?.checked_mul(4)?)?;
                let hash = u32_at(self.image.at(at, 4)?, 0);
                symbol += 1;
                if hash & 1 != 0 {
                    break;
                }
            }
            count = count.max(symbol);
        }
        Some(count)
    }

    /// Checks the functions that run when it is opened.
    fn check_functions(&self) -> Result<(), String> {
        for tag in [elf::DT_INIT, elf::DT_FINI] {
            if self.values.get(&tag.0).is_some_and(|function| !self.image.is_code(*function)) {
                return Err("its initializer is not in code".to_owned());
            }
        }
        self.table("initialisers", elf::DT_INIT_ARRAY.0, self.get(elf::DT_INIT_ARRAYSZ.0))?;
        self.table("finalisers", elf::DT_FINI_ARRAY.0, self.get(elf::DT_FINI_ARRAYSZ.0))?;
        Ok(())
    }

    /// A table of relocations. Each writes into the library, for an existing symbol.
    fn relocations(
        &self,
        what: &str,
        address: i64,
        size: i64,
        symbols: u64,
    ) -> Result<&'d [u8], String> {
        let table = self.table(what, address, self.get(size))?;
        let relocations = table.chunks_exact(RELOCATION as usize);
        if !relocations.remainder().is_empty()
            || !relocations.clone().all(|r| self.fits(r, symbols))
        {
            return Err(format!("its {what} are damaged"));
        }
        Ok(table)
    }

    /// Each jump slot belongs to another symbol. The slots are contiguous, and are filled one by
    /// one.
    fn check_jumps(&self, jumps: &[u8]) -> Result<(), String> {
        let jumps = jumps.chunks_exact(RELOCATION as usize);
        let first = self.get(elf::DT_PLTGOT.0);
        let end = first.saturating_add((RESERVED_SLOTS + jumps.len() as u64) * 8);
        let at_once = self.get(elf::DT_FLAGS.0) & elf::DF_BIND_NOW.0 != 0
            || self.get(elf::DT_FLAGS_1.0) & elf::DF_1_NOW.0 != 0;
        let mut seen = HashSet::new();
        let fits = |jump: &[u8]| {
            let (slot, symbol) = (u64_at(jump, 0), u64_at(jump, 8));
            let together = at_once || (first..end).contains(&slot);
            together && seen.insert((0, slot)) && seen.insert((1, symbol))
        };
        match jumps.clone().all(fits) {
            true => Ok(()),
            false => Err("its jump slots are damaged".to_owned()),
        }
    }

    fn fits(&self, relocation: &[u8], symbols: u64) -> bool {
        let [offset, info, addend] = [0, 8, 16].map(|at| u64_at(relocation, at));
        if info == 0 {
            return true; // nothing to do
        }
        let relative = info == RELATIVE;
        let target = !relative
            || match self.is_function_list(offset) {
                true => self.image.is_code(addend),
                false => self.image.is_inside(addend),
            };
        let own = info >> 32 == 0; // not another library's
        let local = !own || !THREAD_LOCAL.contains(&info) || self.image.has_tls;
        info >> 32 < symbols.max(1) && local && target && self.image.is_writable(offset, 8)
    }

    /// Whether an address is that of a function pointer to run.
    fn is_function_list(&self, address: u64) -> bool {
        let lists = [
            (elf::DT_INIT_ARRAY, elf::DT_INIT_ARRAYSZ),
            (elf::DT_FINI_ARRAY, elf::DT_FINI_ARRAYSZ),
        ];
        lists.iter().any(|(start, size)| {
            let start = self.get(start.0);
            (start..start + self.get(size.0)).contains(&address)
        })
    }
}

/// The slots before those of functions, which belong to the loader.
const RESERVED_SLOTS: u64 = 3;

/// The supported kind of relocations.
const RELA: u64 = elf::DT_RELA.0 as u64;

/// Relocations of thread-local variables.
const THREAD_LOCAL: &[u64] = if cfg!(target_arch = "aarch64") {
    &[
        elf::R_AARCH64_TLS_DTPMOD.0 as u64,
        elf::R_AARCH64_TLS_DTPREL.0 as u64,
        elf::R_AARCH64_TLS_TPREL.0 as u64,
        elf::R_AARCH64_TLSDESC.0 as u64,
    ]
} else {
    &[
        elf::R_X86_64_DTPMOD64.0 as u64,
        elf::R_X86_64_DTPOFF64.0 as u64,
        elf::R_X86_64_TPOFF64.0 as u64,
        elf::R_X86_64_TLSDESC.0 as u64,
    ]
};

/// The relocation that adds the library's address, on this machine.
const RELATIVE: u64 = if cfg!(target_arch = "aarch64") {
    elf::R_AARCH64_RELATIVE.0 as u64
} else {
    elf::R_X86_64_RELATIVE.0 as u64
};
