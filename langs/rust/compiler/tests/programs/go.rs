//! Go from Rust, by stubs.

#[path = "tool_MetaFFIHost.rs"]
mod tool;

use metaffi::stubs::Null;
use tool::*;

struct Triangle;

impl ShapeMethods for Triangle {
    fn area(&self) -> Result<f64, metaffi::Error> {
        Ok(4.5)
    }
    fn label(&self, prefix: String) -> Result<String, metaffi::Error> {
        Ok(prefix + "triangle")
    }
}

fn main() -> Result<(), metaffi::Error> {
    let path = std::env::args().nth(1).unwrap();
    bind_module_to_code(&path, "go")?;
    functions()?;
    objects()?;
    errors()
}

fn functions() -> Result<(), metaffi::Error> {
    assert_eq!(add(1, 2)?, 3);
    assert_eq!(div_mod(7, 2)?, (3, 1));
    assert_eq!(apply(|x| x * 2, 4)?, 8);
    assert_eq!(adder(5)?(6)?, 11);
    assert_eq!(matrix(&[vec![1.0], vec![2.0, 3.0]])?, [vec![1.0], vec![2.0, 3.0]]);
    assert_eq!(bytes(&[1, 2])?, [1, 2]);
    assert_eq!(any("x")?, "x".into());
    assert_eq!(first_string(&["a", "b"])?, "a");
    assert_eq!((paint(GREEN)?, RED.string()?), (Color(1), "color 0".into()));
    assert_eq!(sorted(&[GREEN, RED])?, [RED, GREEN]);
    assert_eq!(Duration(1_500_000_000).seconds()?, 1.5);
    assert_eq!((MAX, NAME), (7, "tool"));
    let bigger = bigger(1.5)?;
    assert_eq!((changed(3.0, &[&bigger, &bigger])?, changed(3.0, &[])?), (6.0, 3.0));
    assert_eq!(changed_once(&bigger, 1.0)?, 2.5);
    set_counter(9)?;
    assert_eq!(get_counter()?, 9);
    Ok(())
}

fn objects() -> Result<(), metaffi::Error> {
    let square = Square::new(3.0)?;
    assert_eq!(area_of(&square)?, 9.0);
    square.grow(1.0)?;
    assert_eq!(square.side()?, 4.0);
    let shape: Shape = square.clone().into();
    assert_eq!(shape.label("a ")?, "a sq");
    assert_eq!(area_of(&Shape::implement(Triangle)?)?, 4.5);
    assert!(area_of(&Null).is_err());
    square.close()
}

fn errors() -> Result<(), metaffi::Error> {
    let error = div(1, 0).unwrap_err();
    assert!(error.is::<CodeError>(), "{error:?}");
    assert_eq!(error.exception::<CodeError>().unwrap().code()?, 7);
    let error = apply(|x: i64| u8::try_from(x + 1000).map(i64::from), 4).unwrap_err();
    assert!(error.downcast_ref::<std::num::TryFromIntError>().is_some(), "{error:?}");
    Ok(())
}
