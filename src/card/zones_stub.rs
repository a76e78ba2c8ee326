//! Stub.
impl super::Country {
    /// Stub.
    pub fn zones(self) -> &'static [chrono_tz::Tz] {
        &[]
    }
}
