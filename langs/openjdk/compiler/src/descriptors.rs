//! Names and types in class file descriptors (JVMS 4.2 and 4.3).

use noak::MStr;
use noak::descriptor::{BaseType, MethodDescriptor, TypeDescriptor};
use noak::error::DecodeError;

use crate::java::{JavaBase, JavaType};

/// Modified UTF-8 as text; a lone surrogate becomes the replacement character.
pub(crate) fn text(string: &MStr) -> String {
    string.display().to_string()
}

/// `java/util/Map$Entry` as `java.util.Map$Entry`.
pub(crate) fn dotted(internal_name: &MStr) -> String {
    text(internal_name).replace('/', ".")
}

/// The type of a field.
pub(crate) fn field_type(descriptor: &MStr) -> Result<JavaType, DecodeError> {
    // Read as a method's result type: noak's field parser drops the last byte unchecked, and panics
    // if that is inside a character.
    let method = ["()".as_bytes(), descriptor.as_bytes()].concat();
    let method = MStr::from_mutf8(&method)?;
    match MethodDescriptor::parse(method)?.return_type() {
        Some(ty) => Ok(java_type(&ty)),
        None => TypeDescriptor::parse(descriptor).map(|ty| java_type(&ty)),
    }
}

/// The parameters and the result (`None` for void) of a method.
pub(crate) fn method_types(
    descriptor: &MStr,
) -> Result<(Vec<JavaType>, Option<JavaType>), DecodeError> {
    let descriptor = MethodDescriptor::parse(descriptor)?;
    let parameters = descriptor.parameters().map(|ty| java_type(&ty)).collect();
    Ok((parameters, descriptor.return_type().map(|ty| java_type(&ty))))
}

fn java_type(descriptor: &TypeDescriptor<'_>) -> JavaType {
    let base = match &descriptor.base {
        BaseType::Boolean => JavaBase::Boolean,
        BaseType::Byte => JavaBase::Byte,
        BaseType::Short => JavaBase::Short,
        BaseType::Integer => JavaBase::Int,
        BaseType::Long => JavaBase::Long,
        BaseType::Float => JavaBase::Float,
        BaseType::Double => JavaBase::Double,
        BaseType::Char => JavaBase::Char,
        BaseType::Object(name) => JavaBase::Class(dotted(name)),
    };
    JavaType { base, dimensions: descriptor.dimensions }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(descriptor: &str) -> Result<JavaType, DecodeError> {
        let string = noak::MString::from(descriptor);
        field_type(&string)
    }

    #[test]
    fn descriptors_become_types() {
        let map = JavaBase::Class("java.util.Map$Entry".to_owned());
        let expected = JavaType { base: map, dimensions: 2 };
        assert_eq!(parsed("[[Ljava/util/Map$Entry;").unwrap(), expected);
        assert_eq!(parsed("J").unwrap(), JavaType { base: JavaBase::Long, dimensions: 0 });
    }

    #[test]
    fn broken_descriptors_are_errors_and_not_panics() {
        for descriptor in ["", "V", "L", "L;", "La", "La;é", "[", "X", "II", "é", "()V", ")I"] {
            assert!(parsed(descriptor).is_err(), "{descriptor}");
        }
    }
}
