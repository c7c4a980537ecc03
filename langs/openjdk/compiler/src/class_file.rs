//! One class file as a [`JavaClass`].
//!
//! Whatever the bytes are, it returns: a broken file is an error that the
//! caller tells and passes over.

use metaffi_idl::Literal;
use noak::AccessFlags;
use noak::error::DecodeError;
use noak::reader::attributes::{ConstantValue, Deprecated, Exceptions, InnerClasses, Signature};
use noak::reader::cpool::{self, ConstantPool, Item};
use noak::reader::{Attribute, Class, DecodeMany, Field, Method};

use crate::descriptors::{dotted, field_type, method_types, text};
use crate::java::{JavaBase, JavaClass, JavaField, JavaMethod, JavaType, Nesting, Notes};
use crate::parameters;

pub(crate) type Attributes<'c> = DecodeMany<'c, Attribute<'c>, u16>;

/// Reads a class; method bodies are not looked at.
pub(crate) fn read(bytes: &[u8]) -> Result<JavaClass, DecodeError> {
    let class = Class::new(bytes)?;
    let pool = class.pool();
    let name = class_name(pool, class.this_class())?;
    let (nesting, declared) = nesting(&class, &name)?;
    let read_field = |field: Result<Field<'_>, DecodeError>| read_field(pool, &field?);
    let read_method = |method: Result<Method<'_>, DecodeError>| read_method(pool, &method?);
    Ok(JavaClass {
        flags: declared.unwrap_or(class.access_flags()),
        nesting,
        superclass: class.super_class().map(|index| class_name(pool, index)).transpose()?,
        interfaces: class_names(pool, class.interfaces())?,
        notes: notes(pool, &class.attributes())?,
        fields: class.fields().into_iter().map(read_field).collect::<Result<_, _>>()?,
        methods: class.methods().into_iter().map(read_method).collect::<Result<_, _>>()?,
        name,
    })
}

type ClassIndex<'c> = cpool::Index<cpool::Class<'c>>;

fn class_name<'c>(pool: &ConstantPool<'c>, index: ClassIndex<'c>) -> Result<String, DecodeError> {
    pool.retrieve(index).map(|class| dotted(class.name))
}

fn class_names<'c>(
    pool: &ConstantPool<'c>,
    indices: DecodeMany<'c, ClassIndex<'c>, u16>,
) -> Result<Vec<String>, DecodeError> {
    indices.into_iter().map(|index| class_name(pool, index?)).collect()
}

/// Where the class is declared, and the flags that its declaration has: the
/// class file's own say public for protected, and package for private.
fn nesting(class: &Class<'_>, name: &str) -> Result<(Nesting, Option<AccessFlags>), DecodeError> {
    let pool = class.pool();
    let Some(table) = class.attributes().find_attribute::<InnerClasses<'_>>(pool)? else {
        return Ok((Nesting::TopLevel, None));
    };
    for entry in table.classes() {
        let entry = entry?;
        if class_name(pool, entry.inner_class())? != name {
            continue;
        }
        let nesting = match (entry.outer_class(), entry.inner_name()) {
            (Some(outer), Some(_)) => Nesting::Member { outer: class_name(pool, outer)? },
            _ => Nesting::Local,
        };
        return Ok((nesting, Some(entry.inner_access_flags())));
    }
    Ok((Nesting::TopLevel, None))
}

fn notes<'c>(pool: &ConstantPool<'c>, attributes: &Attributes<'c>) -> Result<Notes, DecodeError> {
    let signature = attributes.find_attribute::<Signature<'_>>(pool)?;
    let signature = signature.map(|found| pool.retrieve(found.signature())).transpose()?;
    Ok(Notes {
        is_deprecated: attributes.find_attribute::<Deprecated<'_>>(pool)?.is_some(),
        signature: signature.map(text),
    })
}

fn read_field<'c>(pool: &ConstantPool<'c>, field: &Field<'c>) -> Result<JavaField, DecodeError> {
    let ty = field_type(pool.retrieve(field.descriptor())?)?;
    let constant = field.attributes().find_attribute::<ConstantValue<'_>>(pool)?;
    let constant = match constant {
        Some(constant) => constant_value(pool, pool.get(constant.value())?, &ty)?,
        None => None,
    };
    Ok(JavaField {
        name: text(pool.retrieve(field.name())?),
        flags: field.access_flags(),
        notes: notes(pool, &field.attributes())?,
        ty,
        constant,
    })
}

/// The value of a compile-time constant.
fn constant_value<'c>(
    pool: &ConstantPool<'c>,
    constant: &Item<'c>,
    ty: &JavaType,
) -> Result<Option<Literal>, DecodeError> {
    Ok(Some(match constant {
        Item::Integer(number) => integer(number.value, ty),
        Item::Long(number) => Literal::integer(number.value),
        Item::Float(number) => Literal::Float(shortest(number.value)),
        Item::Double(number) => Literal::Float(number.value),
        Item::String(string) => Literal::Text(text(pool.retrieve(string.string)?)),
        _ => return Ok(None),
    }))
}

/// The class file keeps all types up to `int` as one kind of number.
fn integer(number: i32, ty: &JavaType) -> Literal {
    let character = || u32::try_from(number).ok().and_then(char::from_u32);
    match ty.base {
        JavaBase::Boolean => Literal::Bool(number != 0),
        JavaBase::Char => character()
            .map_or_else(|| Literal::integer(number), |character| Literal::Text(character.into())),
        _ => Literal::integer(number),
    }
}

/// The `double` that is written as the `float` is: 0.1, not 0.10000000149….
fn shortest(number: f32) -> f64 {
    number.to_string().parse().unwrap_or(number.into())
}

fn read_method<'c>(
    pool: &ConstantPool<'c>,
    method: &Method<'c>,
) -> Result<JavaMethod, DecodeError> {
    let flags = method.access_flags();
    let attributes = method.attributes();
    let (types, result) = method_types(pool.retrieve(method.descriptor())?)?;
    let throws = match attributes.find_attribute::<Exceptions<'_>>(pool)? {
        Some(exceptions) => class_names(pool, exceptions.exceptions())?,
        None => Vec::new(),
    };
    Ok(JavaMethod {
        name: text(pool.retrieve(method.name())?),
        flags,
        parameters: parameters::named(pool, &attributes, flags, types)?,
        result,
        throws,
        notes: notes(pool, &attributes)?,
    })
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::source;

    /// Numbers that look random and are the same in every run.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, end: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (self.0 >> 33) as usize % end
        }
    }

    #[test]
    fn damaged_class_files_are_errors_and_no_panics() {
        let jar = metaffi_testkit::jar("log4j-api-2.21.1.jar");
        let files = source::read(&jar, &metaffi_compiler::Silent).unwrap();
        let (mut numbers, mut refused) = (Numbers(7), 0);
        for _ in 0..40_000 {
            let mut bytes = files[numbers.below(files.len())].bytes.clone();
            for _ in 0..=numbers.below(6) {
                let at = numbers.below(bytes.len());
                bytes[at] = numbers.below(256) as u8;
            }
            if numbers.below(4) == 0 {
                bytes.truncate(numbers.below(bytes.len()));
            }
            refused += usize::from(read(&bytes).is_err());
        }
        assert!(refused > 1000, "{refused} refused only");
    }
}
