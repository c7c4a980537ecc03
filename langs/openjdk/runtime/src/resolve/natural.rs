//! The natural declaration for a Java type.

use metaffi_plugin::value::{Error, Type, TypeInfo};

use crate::api;
use crate::class::JavaClass;
use crate::jni::Env;
use crate::prim::Prim;

/// The natural declaration for a Java type.
pub(super) fn natural(env: Env, java: &JavaClass) -> TypeInfo {
    let (rank, innermost) = java.innermost();
    let element = match innermost.primitive() {
        Some(Prim::Byte) if rank > 0 => Type::UINT8,
        Some(prim) => Type::from_raw(prim.facts().tag),
        None if innermost.name == "java.lang.String" => Type::STRING8,
        None if innermost.is_object() => Type::ANY,
        None => {
            let big = api::get().jdk.big_integer.as_raw();
            if innermost.takes(env, big) && innermost.name == "java.math.BigInteger" {
                Type::UINT64
            } else {
                Type::HANDLE
            }
        }
    };
    let info = TypeInfo::new(element).with_dims(i32::from(rank));
    if element == Type::HANDLE { info.with_alias(innermost.name.clone()) } else { info }
}

/// The type of a function's parameter with this Java type: `any` if its values may be numbers,
/// strings, lists or functions.
pub(super) fn accepted_type(env: Env, java: &JavaClass) -> Result<TypeInfo, Error> {
    let info = natural(env, java);
    let may_be_large = java.name == "java.math.BigInteger";
    if info.ty != Type::HANDLE && !may_be_large {
        return Ok(info);
    }
    let is_open = may_be_value(env, java)
        || java.takes(env, api::get().jdk.array_list.as_raw())
        || java.interface(env)?.is_some();
    Ok(if is_open { TypeInfo::new(Type::ANY) } else { info })
}

/// Whether its objects may be strings, numbers or times in other languages.
pub(super) fn may_be_value(env: Env, java: &JavaClass) -> bool {
    let jdk = &api::get().jdk;
    let boxes = jdk.boxes.iter().map(|boxed| boxed.class.as_raw());
    let mut values = boxes.chain([jdk.string.as_raw(), jdk.big_integer.as_raw()]);
    let is_any = java.name == "metaffi.MetaFFIObject";
    is_any || values.any(|class| java.takes(env, class)) || is_exact(&java.name)
}

/// Whether objects of this class, or of one that implements it, are passed with their value; see
/// `metaffi.internal.ExactValues`.
fn is_exact(name: &str) -> bool {
    const TIMES: [&str; 7] = [
        "LocalDate",
        "LocalTime",
        "LocalDateTime",
        "Instant",
        "OffsetDateTime",
        "ZonedDateTime",
        "Duration",
    ];
    match name.strip_prefix("java.time.") {
        // The interfaces of those classes are there: `Temporal`, `ChronoLocalDate`.
        Some(name) => {
            TIMES.contains(&name) || name.starts_with("temporal.") || name.starts_with("chrono.")
        }
        None => matches!(name, "java.math.BigDecimal" | "java.util.UUID"),
    }
}
