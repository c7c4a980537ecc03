//! Parses generic signatures in class files (JVMS 4.7.9.1).
//!
//! For an invalid signature the result is `None`: then only the JVM's types are known.

use crate::generic::{Generic, GenericKind, JavaVariable};
use crate::java::JavaBase;

/// The maximum nesting depth of types.
const MAX_DEPTH: usize = 40;

/// The signature of a class.
pub(crate) struct ClassSignature {
    pub(crate) variables: Vec<JavaVariable>,
    pub(crate) superclass: Generic,
    pub(crate) interfaces: Vec<Generic>,
}

/// The signature of a method.
pub(crate) struct MethodSignature {
    pub(crate) variables: Vec<JavaVariable>,
    pub(crate) parameters: Vec<Generic>,
    /// `None` for void.
    pub(crate) result: Option<Generic>,
    /// Empty if they are the same as in the `Exceptions` attribute.
    pub(crate) throws: Vec<Generic>,
}

pub(crate) fn class(text: &str) -> Option<ClassSignature> {
    let mut parser = Parser { rest: text };
    let variables = parser.variables()?;
    let superclass = parser.class(0)?;
    let mut interfaces = Vec::new();
    while !parser.rest.is_empty() {
        interfaces.push(parser.class(0)?);
    }
    Some(ClassSignature { variables, superclass, interfaces })
}

pub(crate) fn method(text: &str) -> Option<MethodSignature> {
    let mut parser = Parser { rest: text };
    let variables = parser.variables()?;
    parser.expect('(')?;
    let mut parameters = Vec::new();
    while !parser.skip(')') {
        parameters.push(parser.any_type(0)?);
    }
    let result = if parser.skip('V') { None } else { Some(parser.any_type(0)?) };
    let mut throws = Vec::new();
    while parser.skip('^') {
        throws.push(parser.any_type(0)?);
    }
    parser.rest.is_empty().then_some(MethodSignature { variables, parameters, result, throws })
}

pub(crate) fn field(text: &str) -> Option<Generic> {
    let mut parser = Parser { rest: text };
    let ty = parser.any_type(0)?;
    parser.rest.is_empty().then_some(ty)
}

struct Parser<'t> {
    rest: &'t str,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.rest = &self.rest[next.len_utf8()..];
        Some(next)
    }

    fn skip(&mut self, expected: char) -> bool {
        let found = self.peek() == Some(expected);
        if found {
            self.next();
        }
        found
    }

    fn expect(&mut self, expected: char) -> Option<()> {
        self.skip(expected).then_some(())
    }

    /// The text before one of `ends`, which is not consumed.
    fn until(&mut self, ends: &[char]) -> Option<&'t str> {
        let (name, rest) = self.rest.split_at(self.rest.find(ends)?);
        self.rest = rest;
        (!name.is_empty()).then_some(name)
    }

    /// `<T:Ljava/lang/Object;U::Ljava/lang/Runnable;>`, or nothing.
    fn variables(&mut self) -> Option<Vec<JavaVariable>> {
        let mut variables = Vec::new();
        if !self.skip('<') {
            return Some(variables);
        }
        while !self.skip('>') {
            let name = self.until(&[':'])?.to_owned();
            let mut bounds = Vec::new();
            while self.skip(':') {
                // The class bound is absent if it is Object and there are interfaces.
                if !matches!(self.peek(), Some(':')) {
                    bounds.push(self.any_type(0)?);
                }
            }
            bounds.retain(|bound| bound.class_name() != Some("java.lang.Object"));
            variables.push(JavaVariable { name, bounds });
        }
        Some(variables)
    }

    fn any_type(&mut self, depth: usize) -> Option<Generic> {
        if depth > MAX_DEPTH {
            return None;
        }
        let base = match self.peek()? {
            'L' => return self.class(depth),
            'T' => {
                self.next();
                let name = self.until(&[';'])?.to_owned();
                self.expect(';')?;
                return Some(Generic::of(GenericKind::Variable(name)));
            }
            '[' => {
                self.next();
                let of = self.any_type(depth + 1)?;
                return Some(Generic::of(GenericKind::Array(Box::new(of))));
            }
            'Z' => JavaBase::Boolean,
            'B' => JavaBase::Byte,
            'S' => JavaBase::Short,
            'I' => JavaBase::Int,
            'J' => JavaBase::Long,
            'F' => JavaBase::Float,
            'D' => JavaBase::Double,
            'C' => JavaBase::Char,
            _ => return None,
        };
        self.next();
        Some(Generic::of(GenericKind::Primitive(base)))
    }

    /// `Ljava/util/Map<TK;TV;>.Entry;`
    fn class(&mut self, depth: usize) -> Option<Generic> {
        self.expect('L')?;
        let mut name = self.until(&['<', '.', ';'])?.replace('/', ".");
        let mut arguments = Vec::new();
        loop {
            if self.skip('<') {
                while !self.skip('>') {
                    arguments.push(self.argument(depth + 1)?);
                }
            }
            if self.skip(';') {
                return Some(Generic::of(GenericKind::Class { name, arguments }));
            }
            self.expect('.')?;
            name.push('$');
            name.push_str(self.until(&['<', '.', ';'])?);
        }
    }

    fn argument(&mut self, depth: usize) -> Option<Option<Generic>> {
        match self.peek()? {
            '*' => {
                self.next();
                Some(None)
            }
            '+' | '-' => {
                self.next();
                self.any_type(depth).map(Some)
            }
            _ => self.any_type(depth).map(Some),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_bounds_and_wildcards() {
        let parsed = method(
            "<T::Ljava/lang/Comparable<-TT;>;E:Ljava/lang/Exception;>(Ljava/util/Map<*+TT;>;[[I)TT;^TE;",
        );
        let parsed = parsed.unwrap();
        let names: Vec<&str> = parsed.variables.iter().map(|v| v.name.as_str()).collect();
        assert_eq!(names, ["T", "E"]);
        assert_eq!(parsed.variables[1].bounds, [Generic::class("java.lang.Exception")]);
        let variable = || Generic::of(GenericKind::Variable("T".into()));
        let map = GenericKind::Class {
            name: "java.util.Map".into(),
            arguments: vec![None, Some(variable())],
        };
        assert_eq!(parsed.parameters[0].kind, map);
        assert_eq!(parsed.result, Some(variable()));
        assert_eq!(parsed.throws.len(), 1);
    }

    #[test]
    fn nested_classes_have_the_arguments_of_both() {
        let parsed = field("Lp/Outer<Ljava/lang/String;>.Inner<TT;>;").unwrap();
        let GenericKind::Class { name, arguments } = parsed.kind else { panic!() };
        assert_eq!((name.as_str(), arguments.len()), ("p.Outer$Inner", 2));
    }

    #[test]
    fn an_invalid_signature_is_none() {
        let deep = format!("{}I", "[".repeat(1000));
        for text in ["", "L", "L;", "La", "TT", "La<", "La<I", "X", "II", "La;x", &deep] {
            assert!(field(text).is_none(), "{text}");
        }
        assert!(method("(I").is_none() && method("I").is_none());
    }
}
