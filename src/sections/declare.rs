//! The two macros in which sections and choices are declared.

use crate::i18n::Text;

/// A text in every language; short, since every field has two.
pub(super) const fn t(en: &'static str, zh_cn: &'static str, zh_tw: &'static str) -> Text {
    Text::new(en, zh_cn, zh_tw)
}

/// Declares a section: the typed struct and its static description.
///
/// A field is one line: `key: Type, label, help, "example";` with `column` and `private`
/// behind the example where they hold. `Option` means not required.
macro_rules! section {
    (
        $(#[$doc:meta])*
        pub struct $name:ident = $key:literal, $label:expr, $one:expr, $help:expr;
        $( $field:ident: $type:ty, $field_label:expr, $field_help:expr, $example:literal $(, $mark:ident)*; )*
        $( [ $children:ident: $child:ty ]; )?
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        #[allow(missing_docs, reason = "the declared help of each field says what it is")]
        pub struct $name {
            pub id: String,
            $( pub $field: $type, )*
            $( pub $children: Vec<$child>, )?
        }

        const _: () = {
            // One in the program: a constant would be written out wherever it is named.
            static SECTION: $crate::card::schema::Section = $crate::card::schema::Section {
                key: $key,
                label: $label,
                one: $one,
                help: $help,
                fields: &[ $( $crate::card::schema::Field {
                    key: stringify!($field),
                    label: $field_label,
                    help: $field_help,
                    example: $example,
                    kind: <$type as $crate::card::schema::Typed>::KIND,
                    required: <$type as $crate::card::schema::Typed>::REQUIRED,
                    column: false $( || $crate::sections::declare::mark!($mark column) )*,
                    private: false $( || $crate::sections::declare::mark!($mark private) )*,
                    formerly: &[],
                }, )* ],
                child: $crate::sections::declare::child!($($child)?),
            };

            impl $crate::card::schema::Described for $name {
                const SECTION: &'static $crate::card::schema::Section = &SECTION;

                fn from_record(record: &$crate::card::Record) -> Option<Self> {
                    #[allow(unused_mut, unused_variables, reason = "a section may have no field of a kind")]
                    let mut values = record.values.iter();
                    Some(Self {
                        id: record.id.clone(),
                        $( $field: <$type as $crate::card::schema::Typed>::from_value(
                            values.next().and_then(Option::as_ref),
                        )?, )*
                        $( $children: record.children::<$child>(), )?
                    })
                }
            }
        };
    };
}
pub(super) use section;

/// The other words of a choice, if any.
macro_rules! also {
    () => {
        &[]
    };
    ($also:expr) => {
        &$also
    };
}
pub(super) use also;

/// The child section, if any.
macro_rules! child {
    () => {
        None
    };
    ($child:ty) => {
        Some(<$child as $crate::card::schema::Described>::SECTION)
    };
}
pub(super) use child;

/// Whether a mark behind a field is the one asked about.
macro_rules! mark {
    (column column) => {
        true
    };
    (private private) => {
        true
    };
    (due due) => {
        true
    };
    (column $other:ident) => {
        false
    };
    (private $other:ident) => {
        false
    };
    (due $other:ident) => {
        false
    };
}
pub(super) use mark;

/// Declares a choice: an enum whose members are stored as tokens and shown as labels. A member
/// that is marked `open` last takes any other token of a company's own.
macro_rules! choices {
    (
        $(#[$doc:meta])*
        pub enum $name:ident {
            $( $variant:ident = $token:literal, $label:expr $(, also $also:expr)?; )*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the declared label of each choice says what it is")]
        pub enum $name { $( $variant, )* }

        impl $name {
            /// The tokens and labels.
            pub const CHOICES: &'static $crate::card::Choices = {
                static CHOICES: $crate::card::Choices = $crate::card::Choices {
                    all: &[ $( $crate::card::Choice {
                        token: $token,
                        label: $label,
                        also: $crate::sections::declare::also!($($also)?),
                    }, )* ],
                    open: false,
                };
                &CHOICES
            };

            /// The token that a card stores.
            pub const fn token(self) -> &'static str {
                match self { $( Self::$variant => $token, )* }
            }

            /// What people see.
            pub const fn label(self) -> $crate::i18n::Text {
                match self { $( Self::$variant => $label, )* }
            }

            /// The member with this token.
            pub fn from_token(token: &str) -> Option<Self> {
                match token { $( $token => Some(Self::$variant), )* _ => None }
            }
        }

        impl $crate::card::schema::Typed for $name {
            const KIND: $crate::card::Kind = $crate::card::Kind::Choice(Self::CHOICES);
            fn from_value(value: Option<&$crate::card::Value>) -> Option<Self> {
                match value {
                    Some($crate::card::Value::Choice(token)) => Self::from_token(token),
                    _ => None,
                }
            }
        }

        impl $crate::card::schema::Typed for Vec<$name> {
            const KIND: $crate::card::Kind = $crate::card::Kind::Choices($name::CHOICES);
            const REQUIRED: bool = false;
            fn from_value(value: Option<&$crate::card::Value>) -> Option<Self> {
                Some(match value {
                    Some($crate::card::Value::Texts(tokens)) => {
                        tokens.iter().filter_map(|token| $name::from_token(token)).collect()
                    }
                    _ => Vec::new(),
                })
            }
        }
    };
    (
        $(#[$doc:meta])*
        pub open $name:ident {
            $( $token:literal, $label:expr $(, also $also:expr)?; )*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name(pub String);

        impl $name {
            /// The tokens that come with the program; a company may use others.
            pub const CHOICES: &'static $crate::card::Choices = {
                static CHOICES: $crate::card::Choices = $crate::card::Choices {
                    all: &[ $( $crate::card::Choice {
                        token: $token,
                        label: $label,
                        also: $crate::sections::declare::also!($($also)?),
                    }, )* ],
                    open: true,
                };
                &CHOICES
            };
        }

        impl $crate::card::schema::Typed for $name {
            const KIND: $crate::card::Kind = $crate::card::Kind::Choice(Self::CHOICES);
            fn from_value(value: Option<&$crate::card::Value>) -> Option<Self> {
                match value {
                    Some($crate::card::Value::Choice(token)) => Some(Self(token.clone())),
                    _ => None,
                }
            }
        }

        impl $crate::card::schema::Typed for Vec<$name> {
            const KIND: $crate::card::Kind = $crate::card::Kind::Choices($name::CHOICES);
            const REQUIRED: bool = false;
            fn from_value(value: Option<&$crate::card::Value>) -> Option<Self> {
                Some(match value {
                    Some($crate::card::Value::Texts(tokens)) => tokens.iter().cloned().map($name).collect(),
                    _ => Vec::new(),
                })
            }
        }
    };
}
pub(super) use choices;
