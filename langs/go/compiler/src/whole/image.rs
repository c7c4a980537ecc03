//! The segments of a library, and reading at its addresses.

use core::ops::Range;

use object::elf::{self, ProgramType};

/// One program header.
pub(super) struct Segment {
    pub(super) kind: ProgramType,
    pub(super) offset: u64,
    pub(super) address: u64,
    pub(super) in_file: u64,
    pub(super) in_memory: u64,
    pub(super) align: u64,
    pub(super) writable: bool,
    pub(super) executable: bool,
}

impl Segment {
    fn memory(&self) -> Range<u64> {
        self.address..self.address.saturating_add(self.in_memory)
    }
}

/// A library as it is mapped into memory.
pub(super) struct Image<'d> {
    bytes: &'d [u8],
    /// The mapped segments.
    loads: Vec<Segment>,
    /// Whether it has thread-local variables.
    pub(super) has_tls: bool,
    /// Where the dynamic table is.
    pub(super) dynamic: (u64, u64),
}

impl<'d> Image<'d> {
    pub(super) fn new(bytes: &'d [u8], segments: Vec<Segment>) -> Result<Image<'d>, String> {
        let (loads, others): (Vec<_>, Vec<_>) =
            segments.into_iter().partition(|segment| segment.kind == elf::PT_LOAD);
        let mut end = 0;
        for load in &loads {
            let file_end = load.offset.checked_add(load.in_file);
            if file_end.is_none_or(|end| end > bytes.len() as u64) {
                return Err(format!("it is cut off: it has {} bytes", bytes.len()));
            }
            if load.in_file > load.in_memory || load.address < end || load.memory().is_empty() {
                return Err("its segments overlap".to_owned());
            }
            end = load.memory().end;
        }
        let mut image = Image { bytes, loads, has_tls: false, dynamic: (0, 0) };
        for other in &others {
            image.check_other(other)?;
        }
        match image.dynamic.1 {
            0 => Err("it has no dynamic table".to_owned()),
            _ => Ok(image),
        }
    }

    /// Checks a part of a segment that the loader reads.
    fn check_other(&mut self, segment: &Segment) -> Result<(), String> {
        let looked_into = [
            elf::PT_DYNAMIC,
            elf::PT_NOTE,
            elf::PT_TLS,
            elf::PT_GNU_EH_FRAME,
            elf::PT_GNU_RELRO,
            elf::PT_GNU_PROPERTY,
        ];
        if !looked_into.contains(&segment.kind) {
            return Ok(());
        }
        if segment.in_file > 0 && self.at(segment.address, segment.in_file).is_none() {
            return Err(format!("segment {:#x} is outside of the file", segment.kind.0));
        }
        if segment.kind == elf::PT_TLS {
            self.has_tls = true;
            if !segment.align.is_power_of_two() || segment.in_file > segment.in_memory {
                return Err("its thread-local variables are damaged".to_owned());
            }
        }
        if segment.kind == elf::PT_DYNAMIC {
            self.dynamic = (segment.address, segment.in_file);
        }
        Ok(())
    }

    /// The bytes at an address that come from the file.
    pub(super) fn at(&self, address: u64, size: u64) -> Option<&'d [u8]> {
        let end = address.checked_add(size)?;
        let of = |load: &&Segment| {
            load.address <= address && end <= load.address.saturating_add(load.in_file)
        };
        let load = self.loads.iter().find(of)?;
        let from = usize::try_from(load.offset + (address - load.address)).ok()?;
        self.bytes.get(from..from.checked_add(usize::try_from(size).ok()?)?)
    }

    /// Whether this many bytes at an address are writable.
    pub(super) fn is_writable(&self, address: u64, size: u64) -> bool {
        self.loads.iter().any(|load| {
            let memory = load.memory();
            load.writable && memory.contains(&address) && address.saturating_add(size) <= memory.end
        })
    }

    /// Whether an address is in code.
    pub(super) fn is_code(&self, address: u64) -> bool {
        self.loads.iter().any(|load| load.executable && load.memory().contains(&address))
    }

    /// Whether an address is in the library, or directly after it.
    pub(super) fn is_inside(&self, address: u64) -> bool {
        let first = self.loads.first().map_or(0, |load| load.address);
        let end = self.loads.last().map_or(0, |load| load.memory().end);
        (first..=end).contains(&address)
    }
}
