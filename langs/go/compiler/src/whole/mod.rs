//! Whether a library is complete: everything that the system's loader reads without a check is
//! inside it. A loader checks the first page of a file and trusts the rest: a file that was cut
//! off, or has a wrong number in its tables, ends the process. Damage to code and data is not
//! detected here.
//!
//! Reads bytes, and runs nothing.

mod image;
mod tables;
mod versions;

use object::read::elf::{ElfFile, FileHeader, ProgramHeader};
use object::{Endianness, elf};

use image::{Image, Segment};

/// # Errors
/// What is wrong with the library.
pub(crate) fn check(library: &object::File<'_>, bytes: &[u8]) -> Result<(), String> {
    match library {
        object::File::Elf64(file) => {
            let image = image_of(file, bytes)?;
            // The loader of this system opens only libraries with its own byte order.
            if file.endian() == Endianness::Little { tables::check(&image) } else { Ok(()) }
        }
        object::File::Elf32(file) => image_of(file, bytes).map(drop),
        _ => Ok(()),
    }
}

/// The parts of the file that are mapped, all of which must exist.
fn image_of<'d, Elf: FileHeader<Endian = Endianness>>(
    file: &ElfFile<'d, Elf>,
    bytes: &'d [u8],
) -> Result<Image<'d>, String> {
    let endian = file.endian();
    let segment = |header: &Elf::ProgramHeader| Segment {
        kind: header.p_type(endian),
        offset: header.p_offset(endian).into(),
        address: header.p_vaddr(endian).into(),
        in_file: header.p_filesz(endian).into(),
        in_memory: header.p_memsz(endian).into(),
        align: header.p_align(endian).into(),
        writable: header.p_flags(endian).0 & elf::PF_W.0 != 0,
        executable: header.p_flags(endian).0 & elf::PF_X.0 != 0,
    };
    let segments = file.elf_program_headers().iter().map(segment).collect();
    Image::new(bytes, segments)
}
