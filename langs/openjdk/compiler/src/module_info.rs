//! The packages that a `module-info.class` exports to everyone.

use std::collections::BTreeSet;

use noak::error::DecodeError;
use noak::reader::Class;
use noak::reader::cpool::{self, ConstantPool};

use crate::descriptors::dotted;

/// The packages that are exported unconditionally, or `None` if `bytes` are not a module
/// declaration.
///
/// The attribute is parsed here because noak 0.7 rejects a `requires` without a version, which is
/// legal (JVMS 4.7.25) and common.
pub(crate) fn exported_packages(bytes: &[u8]) -> Result<Option<BTreeSet<String>>, DecodeError> {
    let class = Class::new(bytes)?;
    let pool = class.pool();
    for attribute in class.attributes() {
        let attribute = attribute?;
        if pool.retrieve(attribute.name())?.as_bytes() == b"Module" {
            return exports(pool, Numbers(attribute.content())).transpose();
        }
    }
    Ok(None)
}

/// Consecutive big-endian two-byte numbers.
struct Numbers<'c>(&'c [u8]);

impl Numbers<'_> {
    fn next(&mut self) -> Option<u16> {
        let (number, rest) = self.0.split_first_chunk::<2>()?;
        self.0 = rest;
        Some(u16::from_be_bytes(*number))
    }

    fn skip(&mut self, numbers: usize) -> Option<()> {
        self.0 = self.0.get(2 * numbers..)?;
        Some(())
    }
}

/// `None` if the attribute ends too early.
fn exports(
    pool: &ConstantPool<'_>,
    mut numbers: Numbers<'_>,
) -> Option<Result<BTreeSet<String>, DecodeError>> {
    numbers.skip(3)?; // name, flags, version
    let requires = numbers.next()?;
    numbers.skip(3 * usize::from(requires))?;
    let mut packages = BTreeSet::new();
    for _ in 0..numbers.next()? {
        let package = numbers.next()?;
        numbers.skip(1)?; // flags
        let targets = numbers.next()?;
        numbers.skip(targets.into())?;
        if targets == 0 {
            match package_name(pool, package) {
                Ok(name) => packages.insert(name),
                Err(error) => return Some(Err(error)),
            };
        }
    }
    Some(Ok(packages))
}

fn package_name(pool: &ConstantPool<'_>, index: u16) -> Result<String, DecodeError> {
    let index = cpool::Index::<cpool::Package<'_>>::new(index)?;
    let name = pool.get(index)?.name;
    pool.retrieve(name).map(dotted)
}
