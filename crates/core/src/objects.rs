//! Reads objects from objects alone. A shape with named fields would otherwise be taken from a list too, its values in the order of the fields: a client that mixes up
//! two of them would never hear of it.

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};

/// Whatever reads from this refuses a list where an object is wanted, at any depth.
#[derive(Debug)]
pub struct Objects<D>(pub D);

/// What is read within, and whether it has named fields.
struct Within<T> {
    inner: T,
    named: bool,
}

fn any<T>(inner: T) -> Within<T> {
    Within { inner, named: false }
}

macro_rules! passed_on {
    ($($method:ident($($argument:ident: $kind:ty),*);)*) => {
        $(fn $method<V: Visitor<'de>>(self, $($argument: $kind,)* visitor: V) -> Result<V::Value, D::Error> {
            self.0.$method($($argument,)* any(visitor))
        })*
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Objects<D> {
    type Error = D::Error;

    passed_on! {
        deserialize_any(); deserialize_bool(); deserialize_char(); deserialize_str(); deserialize_string(); deserialize_bytes(); deserialize_byte_buf();
        deserialize_i8(); deserialize_i16(); deserialize_i32(); deserialize_i64(); deserialize_i128();
        deserialize_u8(); deserialize_u16(); deserialize_u32(); deserialize_u64(); deserialize_u128(); deserialize_f32(); deserialize_f64();
        deserialize_option(); deserialize_unit(); deserialize_seq(); deserialize_map(); deserialize_identifier(); deserialize_ignored_any();
        deserialize_unit_struct(name: &'static str); deserialize_newtype_struct(name: &'static str); deserialize_tuple(length: usize);
        deserialize_tuple_struct(name: &'static str, length: usize); deserialize_enum(name: &'static str, variants: &'static [&'static str]);
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_struct(name, fields, Within { inner: visitor, named: true })
    }

    fn is_human_readable(&self) -> bool {
        self.0.is_human_readable()
    }
}

macro_rules! visited {
    ($($method:ident: $kind:ty;)*) => {
        $(fn $method<E: Error>(self, value: $kind) -> Result<V::Value, E> {
            self.inner.$method(value)
        })*
    };
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Within<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.inner.expecting(f)
    }

    visited! {
        visit_bool: bool; visit_char: char; visit_str: &str; visit_borrowed_str: &'de str; visit_string: String;
        visit_bytes: &[u8]; visit_borrowed_bytes: &'de [u8]; visit_byte_buf: Vec<u8>;
        visit_i8: i8; visit_i16: i16; visit_i32: i32; visit_i64: i64; visit_i128: i128;
        visit_u8: u8; visit_u16: u16; visit_u32: u32; visit_u64: u64; visit_u128: u128; visit_f32: f32; visit_f64: f64;
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<V::Value, D::Error> {
        self.inner.visit_some(Objects(from))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<V::Value, D::Error> {
        self.inner.visit_newtype_struct(Objects(from))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, from: A) -> Result<V::Value, A::Error> {
        if self.named { Err(A::Error::custom("an object is wanted, not a list")) } else { self.inner.visit_seq(any(from)) }
    }

    fn visit_map<A: MapAccess<'de>>(self, from: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(any(from))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, from: A) -> Result<V::Value, A::Error> {
        self.inner.visit_enum(any(from))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Within<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<S::Value, D::Error> {
        self.inner.deserialize(Objects(from))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Within<A> {
    type Error = A::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, A::Error> {
        self.inner.next_element_seed(any(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Within<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        self.inner.next_key_seed(any(seed))
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, A::Error> {
        self.inner.next_value_seed(any(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, A: EnumAccess<'de>> EnumAccess<'de> for Within<A> {
    type Error = A::Error;
    type Variant = Within<A::Variant>;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self::Variant), A::Error> {
        self.inner.variant_seed(any(seed)).map(|(value, variant)| (value, any(variant)))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Within<A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.inner.unit_variant()
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, A::Error> {
        self.inner.newtype_variant_seed(any(seed))
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, A::Error> {
        self.inner.tuple_variant(length, any(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, A::Error> {
        self.inner.struct_variant(fields, Within { inner: visitor, named: true })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Point {
        x: i64,
        y: Option<Box<Point>>,
        #[serde(default)]
        list: Vec<Point>,
        #[serde(default)]
        kind: Option<Kind>,
        #[serde(default)]
        any: serde_json::Value,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    enum Kind {
        Plain,
        Two(i64, i64),
        One(Box<Point>),
        Named { of: i64 },
    }

    fn read(text: &str) -> Result<Point, serde_json::Error> {
        Point::deserialize(Objects(&mut serde_json::Deserializer::from_str(text)))
    }

    #[test]
    fn a_list_is_no_object_at_any_depth() {
        for text in [
            r#"[1,null]"#,
            r#"{"x":1,"y":[2,null]}"#,
            r#"{"x":1,"y":null,"list":[{"x":1,"y":null},[2,null]]}"#,
            r#"{"x":1,"y":null,"kind":{"One":[2,null]}}"#,
            r#"{"x":1,"y":null,"kind":{"Named":[2]}}"#,
        ] {
            assert!(read(text).unwrap_err().to_string().contains("an object is wanted"), "{text}");
            assert!(serde_json::from_str::<Point>(text).is_ok(), "without this it is taken for one: {text}");
        }
    }

    #[test]
    fn everything_else_is_read_as_ever() {
        for text in [
            r#"{"x":1,"y":{"x":2,"y":null},"list":[{"x":3,"y":null}],"kind":"Plain","any":[1,{"a":"b"},null,true,1.5]}"#,
            r#"{"x":1,"y":null,"kind":{"Two":[1,2]}}"#,
            r#"{"x":1,"y":null,"kind":{"One":{"x":2,"y":null}},"more":[[1]]}"#,
            r#"{"x":1,"y":null,"kind":{"Named":{"of":2}}}"#,
        ] {
            assert_eq!(read(text).unwrap(), serde_json::from_str::<Point>(text).unwrap(), "{text}");
        }
        for text in ["7", r#"{"x":"1","y":null}"#, r#"{"y":null}"#, r#"{"x":1,"y":7}"#] {
            assert_eq!(read(text).unwrap_err().to_string(), serde_json::from_str::<Point>(text).unwrap_err().to_string());
        }
    }
}
