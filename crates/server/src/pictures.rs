//! Pictures of people: whatever image comes in, two JPEGs of our own making go out, and nothing else of it is kept.

use crate::gate::Gate;
use hearth_protocol::{
    error::{ApiError, ErrorCode},
    limits::{PICTURE_LARGE_PX, PICTURE_SIDE_MAX, PICTURE_SMALL_PX},
};
use image::{
    DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, Rgb, RgbImage, codecs::jpeg::JpegEncoder, imageops::FilterType,
};
use std::io::Cursor;

/// What a picture is served as, whatever it came as.
pub(crate) const FILE_TYPE: &str = "image/jpeg";
/// Each takes a few tens of milliseconds, and `MEMORY_MAX` at worst.
const AT_ONCE: usize = 2;
/// The pixels of the largest image at two bytes a channel, as often again for the decoder.
const MEMORY_MAX: u64 = 2 * 8 * (PICTURE_SIDE_MAX as u64) * (PICTURE_SIDE_MAX as u64);
/// Nobody sees the difference to more, in a face.
const QUALITY: u8 = 85;

/// A picture as it is kept.
pub(crate) struct Square {
    pub large: Vec<u8>,
    pub small: Vec<u8>,
    /// Of the large one, in pixels.
    pub side: u32,
}

/// Where pictures are made.
pub(crate) struct Pictures(Gate);

impl Default for Pictures {
    fn default() -> Self {
        Self(Gate::new(AT_ONCE, "Too many pictures are being made at the moment. Try again in a few seconds."))
    }
}

impl Pictures {
    /// The middle of an image.
    ///
    /// # Errors
    /// `invalid_picture` for what is no PNG, JPEG, WebP or GIF, is damaged, or larger than `limits::PICTURE_SIDE_MAX`.
    pub async fn square(&self, bytes: impl AsRef<[u8]> + Send + 'static) -> Result<Square, ApiError> {
        self.0.work(move || square(bytes.as_ref())).await?
    }
}

fn square(bytes: &[u8]) -> Result<Square, ApiError> {
    let image = decode(bytes)?;
    let (width, height) = (image.width(), image.height());
    let side = width.min(height);
    let middle = image.crop_imm((width - side) / 2, (height - side) / 2, side, side);
    let side = side.min(PICTURE_LARGE_PX);
    let large = middle.resize_exact(side, side, FilterType::Lanczos3);
    let small = large.resize(PICTURE_SMALL_PX.min(side), PICTURE_SMALL_PX.min(side), FilterType::Lanczos3);
    Ok(Square { large: encode(&large)?, small: encode(&small)?, side })
}

/// The first frame, upright. What it is, its bytes say; how large it is, before a pixel of it is decoded.
fn decode(bytes: &[u8]) -> Result<DynamicImage, ApiError> {
    let format = match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP | ImageFormat::Gif)) => format,
        _ => return Err(invalid("This is no picture that Hearth can show. Choose a PNG, JPEG, WebP or GIF file.")),
    };
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(PICTURE_SIDE_MAX), Some(PICTURE_SIDE_MAX));
    limits.max_alloc = Some(MEMORY_MAX);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    // Where it says something strange of that, it stays as it is.
    let orientation = decoder.orientation();
    let mut image = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    if let Ok(orientation) = orientation {
        image.apply_orientation(orientation);
    }
    Ok(image)
}

/// What is see-through is white: a JPEG has no other way, and initials are not to shine through.
fn encode(image: &DynamicImage) -> Result<Vec<u8>, ApiError> {
    let rgba = image.to_rgba8();
    let opaque = RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [red, green, blue, alpha] = rgba.get_pixel(x, y).0;
        let over = |channel: u8| ((u16::from(channel) * u16::from(alpha) + 255 * (255 - u16::from(alpha))) / 255) as u8;
        Rgb([over(red), over(green), over(blue)])
    });
    let mut bytes = Vec::new();
    opaque.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY)).map_err(unreadable)?;
    Ok(bytes)
}

fn unreadable(error: image::ImageError) -> ApiError {
    match error {
        image::ImageError::Limits(_) => invalid(&format!(
            "This picture is too large: at most {PICTURE_SIDE_MAX} pixels a side. Make it smaller, or choose another one."
        )),
        error => {
            tracing::debug!(%error, "a picture could not be read");
            invalid("This picture is damaged. Choose another one.")
        }
    }
}

fn invalid(message: &str) -> ApiError {
    ApiError::new(ErrorCode::InvalidPicture, message)
}

#[cfg(test)]
#[path = "pictures_tests.rs"]
mod tests;
