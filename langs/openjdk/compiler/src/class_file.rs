//! One class file as a [`JavaClass`].
//! For any bytes the reader returns: a broken file is an error, which the caller reports before it
//! skips the file.

use metaffi_idl::Literal;
use noak::AccessFlags;
use noak::error::DecodeError;
use noak::reader::attributes::{
    AttributeContent, ConstantValue, Deprecated, Exceptions, InnerClasses, Signature,
};
use noak::reader::cpool::{self, ConstantPool, Item};
use noak::reader::{Attribute, Class, DecodeMany, Field, Method};

use crate::descriptors::{dotted, field_type, method_types, text};
use crate::generic::{Generic, JavaValue, JavaVariable};
use crate::java::{JavaBase, JavaClass, JavaField, JavaMethod, JavaParameter, JavaType, Nesting};
use crate::signature::{ClassSignature, MethodSignature};
use crate::{annotations, parameters, signature};

pub(crate) type Attributes<'c> = DecodeMany<'c, Attribute<'c>, u16>;

/// The major version of the format.
pub(crate) fn version(bytes: &[u8]) -> Result<u16, DecodeError> {
    Class::new(bytes).map(|class| class.version().major)
}

/// Reads a class; method bodies are ignored.
pub(crate) fn read(bytes: &[u8]) -> Result<JavaClass, DecodeError> {
    let class = Class::new(bytes)?;
    let pool = class.pool();
    let name = class_name(pool, class.this_class())?;
    let (nesting, declared) = nesting(&class, &name)?;
    let attributes = class.attributes();
    let parents = parents(&class)?;
    let read_field = |field: Result<Field<'_>, DecodeError>| read_field(pool, &field?);
    let read_method = |method: Result<Method<'_>, DecodeError>| read_method(pool, &method?);
    Ok(JavaClass {
        flags: declared.unwrap_or(class.access_flags()),
        nesting,
        marks: annotations::of_class(pool, &attributes),
        variables: parents.variables,
        superclass: parents.superclass,
        interfaces: parents.interfaces,
        is_deprecated: is_deprecated(pool, &attributes)?,
        permits: permits(pool, &attributes)?,
        is_internal: false,
        fields: class.fields().into_iter().map(read_field).collect::<Result<_, _>>()?,
        methods: class.methods().into_iter().map(read_method).collect::<Result<_, _>>()?,
        name,
    })
}

struct Parents {
    variables: Vec<JavaVariable>,
    superclass: Option<Generic>,
    interfaces: Vec<Generic>,
}

/// The types that the class derives from, with type arguments if its signature, which nothing
/// validates, agrees with what the JVM uses.
fn parents(class: &Class<'_>) -> Result<Parents, DecodeError> {
    let pool = class.pool();
    let superclass = class.super_class().map(|index| class_name(pool, index)).transpose()?;
    let interfaces = class_names(pool, class.interfaces())?;
    let declared = signature(pool, &class.attributes())?.and_then(|text| signature::class(&text));
    let agrees = |declared: &ClassSignature| {
        let names = declared.interfaces.iter().map(Generic::class_name);
        declared.superclass.class_name() == superclass.as_deref()
            && names.eq(interfaces.iter().map(|name| Some(name.as_str())))
    };
    Ok(match declared.filter(agrees) {
        Some(declared) => Parents {
            variables: declared.variables,
            superclass: Some(declared.superclass),
            interfaces: declared.interfaces,
        },
        None => Parents {
            variables: Vec::new(),
            superclass: superclass.map(Generic::class),
            interfaces: interfaces.into_iter().map(Generic::class).collect(),
        },
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

/// Where the class is declared, and the flags of its declaration: the class file's own flags say
/// public for protected, and package-private for private.
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
            (Some(outer), Some(_)) => Nesting::Member {
                outer: class_name(pool, outer)?,
                is_inner: !entry.inner_access_flags().contains(AccessFlags::STATIC),
            },
            _ => Nesting::Local,
        };
        return Ok((nesting, Some(entry.inner_access_flags())));
    }
    Ok((Nesting::TopLevel, None))
}

fn is_deprecated<'c>(
    pool: &ConstantPool<'c>,
    attributes: &Attributes<'c>,
) -> Result<bool, DecodeError> {
    Ok(attributes.find_attribute::<Deprecated<'_>>(pool)?.is_some())
}

/// The permitted subclasses of a sealed class.
fn permits<'c>(
    pool: &ConstantPool<'c>,
    attributes: &Attributes<'c>,
) -> Result<Vec<String>, DecodeError> {
    for attribute in attributes.iter() {
        let attribute = attribute?;
        let is_permits = pool.retrieve(attribute.name())?.as_bytes() == b"PermittedSubclasses";
        if let Some(AttributeContent::PermittedSubclasses(found)) =
            is_permits.then(|| attribute.read_content(pool)).transpose()?
        {
            return class_names(pool, found.classes());
        }
    }
    Ok(Vec::new())
}

/// The generic signature in the class file's own notation.
fn signature<'c>(
    pool: &ConstantPool<'c>,
    attributes: &Attributes<'c>,
) -> Result<Option<String>, DecodeError> {
    let found = attributes.find_attribute::<Signature<'_>>(pool)?;
    Ok(found.map(|found| pool.retrieve(found.signature())).transpose()?.map(text))
}

fn read_field<'c>(pool: &ConstantPool<'c>, field: &Field<'c>) -> Result<JavaField, DecodeError> {
    let ty = field_type(pool.retrieve(field.descriptor())?)?;
    let attributes = field.attributes();
    let constant = attributes.find_attribute::<ConstantValue<'_>>(pool)?;
    let constant = match constant {
        Some(constant) => constant_value(pool, pool.get(constant.value())?, &ty)?,
        None => None,
    };
    let declared = signature(pool, &attributes)?.and_then(|text| signature::field(&text));
    let mut value = value(ty, declared);
    annotations::mark_value(pool, &attributes, &mut value.generic);
    Ok(JavaField {
        name: text(pool.retrieve(field.name())?),
        flags: field.access_flags(),
        is_deprecated: is_deprecated(pool, &attributes)?,
        value,
        constant,
    })
}

/// A value's type, with the declared type if its erasure matches.
fn value(ty: JavaType, declared: Option<Generic>) -> JavaValue {
    let generic = declared.filter(|generic| generic.fits(&ty));
    JavaValue { generic: generic.unwrap_or_else(|| Generic::erased(&ty)), ty }
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

/// The class file stores all types up to `int` as the same kind of number.
fn integer(number: i32, ty: &JavaType) -> Literal {
    let character = || u32::try_from(number).ok().and_then(char::from_u32);
    match ty.base {
        JavaBase::Boolean => Literal::Bool(number != 0),
        JavaBase::Char => character()
            .map_or_else(|| Literal::integer(number), |character| Literal::Text(character.into())),
        _ => Literal::integer(number),
    }
}

/// The `double` with the same decimal notation as the `float`: 0.1, not 0.10000000149….
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
    let names = parameters::names(pool, &attributes, flags, &types)?;
    let declared = signature(pool, &attributes)?.and_then(|text| signature::method(&text));
    let declared = declared.filter(|declared| declared.parameters.len() <= types.len());
    let declared = declared.unwrap_or_else(|| MethodSignature {
        variables: Vec::new(),
        parameters: types.iter().map(Generic::erased).collect(),
        result: result.as_ref().map(Generic::erased),
        throws: Vec::new(),
    });
    // Parameters added by the compiler come first, and are not in the signature.
    let added = types.len() - declared.parameters.len();
    let generics =
        std::iter::repeat_n(None, added).chain(declared.parameters.into_iter().map(Some));
    let values = types.into_iter().zip(generics).map(|(ty, generic)| value(ty, generic));
    let mut parameters: Vec<JavaParameter> =
        names.into_iter().zip(values).map(|(name, value)| JavaParameter { name, value }).collect();
    let mut generics: Vec<&mut Generic> =
        parameters.iter_mut().map(|parameter| &mut parameter.value.generic).collect();
    annotations::mark_parameters(pool, &attributes, added, &mut generics);
    let mut result = result.map(|ty| value(ty, declared.result));
    if let Some(result) = &mut result {
        annotations::mark_value(pool, &attributes, &mut result.generic);
    }
    let throws = throws.into_iter().map(Generic::class).collect();
    Ok(JavaMethod {
        name: text(pool.retrieve(method.name())?),
        flags,
        variables: declared.variables,
        parameters,
        result,
        throws: if declared.throws.is_empty() { throws } else { declared.throws },
        is_deprecated: is_deprecated(pool, &attributes)?,
    })
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::skipped::Skipped;
    use crate::source;

    /// Pseudorandom numbers that are the same in every run.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, end: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (self.0 >> 33) as usize % end
        }
    }

    #[test]
    fn damaged_class_files_are_errors_and_not_panics() {
        let jar = metaffi_testkit::jar("log4j-api-2.21.1.jar");
        let files = source::read(&jar, &mut Skipped::default()).unwrap();
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
        assert!(refused > 1000, "only {refused} refused");
    }
}
