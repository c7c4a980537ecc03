//! The names of a method's parameters.
//!
//! `javac -parameters` stores them (MethodParameters), and debug information has them for methods
//! with a body (LocalVariableTable); otherwise they are `arg0`….

use noak::AccessFlags;
use noak::error::DecodeError;
use noak::reader::attributes::{Code, LocalVariableTable, MethodParameters};
use noak::reader::cpool::ConstantPool;

use crate::class_file::Attributes;
use crate::descriptors::text;
use crate::java::JavaType;

type Names = Vec<Option<String>>;

/// The names of parameters with these types, made distinct.
pub(crate) fn names<'c>(
    pool: &ConstantPool<'c>,
    attributes: &Attributes<'c>,
    flags: AccessFlags,
    types: &[JavaType],
) -> Result<Vec<String>, DecodeError> {
    let declared = declared(pool, attributes)?.filter(|names| names.len() == types.len());
    let names = match declared {
        Some(names) => names,
        None => debugged(pool, attributes, flags, types)?,
    };
    let mut distinct: Vec<String> = Vec::with_capacity(types.len());
    for (index, name) in names.into_iter().enumerate() {
        let name = name.filter(|name| !distinct.contains(name));
        distinct.push(name.unwrap_or_else(|| unnamed(index)));
    }
    Ok(distinct)
}

/// The name of a parameter that has none in the class file.
pub(crate) fn unnamed(index: usize) -> String {
    format!("arg{index}")
}

/// The names of the MethodParameters attribute.
fn declared<'c>(
    pool: &ConstantPool<'c>,
    attributes: &Attributes<'c>,
) -> Result<Option<Names>, DecodeError> {
    let Some(table) = attributes.find_attribute::<MethodParameters<'_>>(pool)? else {
        return Ok(None);
    };
    let name = |index| pool.retrieve(index).map(text);
    let names = table.parameters().into_iter().map(|entry| entry?.name().map(name).transpose());
    names.collect::<Result<Names, DecodeError>>().map(Some)
}

/// The names of the local variables that hold the parameters.
fn debugged<'c>(
    pool: &ConstantPool<'c>,
    attributes: &Attributes<'c>,
    flags: AccessFlags,
    types: &[JavaType],
) -> Result<Names, DecodeError> {
    let mut names = vec![None; types.len()];
    let Some(code) = attributes.find_attribute::<Code<'_>>(pool)? else { return Ok(names) };
    let table = code.attributes().find_attribute::<LocalVariableTable<'_>>(pool)?;
    let Some(table) = table else { return Ok(names) };
    let slots = slots(flags, types);
    for local in table.locals() {
        let local = local?;
        let holds = |slot: &u16| *slot == local.index() && local.range().start.as_u32() == 0;
        if let Some(index) = slots.iter().position(holds) {
            let name = pool.retrieve(local.name()).map(text)?;
            names[index].get_or_insert(name);
        }
    }
    Ok(names)
}

/// The index of the local variable that holds each parameter.
fn slots(flags: AccessFlags, types: &[JavaType]) -> Vec<u16> {
    let mut next = u16::from(!flags.contains(AccessFlags::STATIC));
    let slot = |ty: &JavaType| {
        let slot = next;
        next = next.saturating_add(ty.slots());
        slot
    };
    types.iter().map(slot).collect()
}
