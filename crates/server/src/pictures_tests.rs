#![allow(clippy::unwrap_used, clippy::indexing_slicing)]
use super::*;
use image::{Rgba, RgbaImage, codecs::png::PngEncoder};
use std::time::{Duration, Instant};

/// Red above, blue below.
fn flag(width: u32, height: u32) -> DynamicImage {
    let paint = |_, y| if y < height / 2 { Rgba([200, 0, 0, 255]) } else { Rgba([0, 0, 200, 255]) };
    RgbaImage::from_fn(width, height, paint).into()
}

fn as_file(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let image: DynamicImage = if format == ImageFormat::Jpeg { image.to_rgb8().into() } else { image.clone() };
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn refused(bytes: &[u8]) -> String {
    let error = square(bytes).err().unwrap();
    assert_eq!(error.code, ErrorCode::InvalidPicture);
    error.message
}

fn pixel(jpeg: &[u8], x: u32, y: u32) -> [u8; 3] {
    assert_eq!(image::guess_format(jpeg).unwrap(), ImageFormat::Jpeg);
    image::load_from_memory(jpeg).unwrap().to_rgb8().get_pixel(x, y).0
}

#[test]
fn of_every_kind_the_middle_is_made_anew_in_two_sizes() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Gif] {
        let Square { large, small, side } = square(&as_file(&flag(1_400, 700), format)).unwrap();
        assert_eq!(side, PICTURE_LARGE_PX);
        for (jpeg, side) in [(&large, side), (&small, PICTURE_SMALL_PX)] {
            let made = image::load_from_memory(jpeg).unwrap();
            assert_eq!((made.width(), made.height()), (side, side), "{format:?}");
            let ([red, ..], [.., blue]) = (pixel(jpeg, 5, 5), pixel(jpeg, side - 5, side - 5));
            assert!(red > 150 && blue > 150, "{format:?}");
        }
        assert!(small.len() < 8 * 1024, "{}", small.len());
    }
    // What is small stays so.
    let tiny = square(&as_file(&flag(40, 60), ImageFormat::Png)).unwrap();
    assert_eq!((tiny.side, image::load_from_memory(&tiny.small).unwrap().width()), (40, 40));
}

#[test]
fn what_is_see_through_is_white() {
    let clear: DynamicImage = RgbaImage::from_pixel(20, 20, Rgba([0, 0, 0, 0])).into();
    assert!(pixel(&square(&as_file(&clear, ImageFormat::Png)).unwrap().large, 10, 10).iter().all(|channel| *channel > 250));
}

/// The two bytes after the first are Exif's: turned by half, where a camera was.
fn with_exif(jpeg: &[u8]) -> Vec<u8> {
    let tiff = [b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x03\0\0\0\0\0\0\0".as_slice(), b"52.5200 N 13.4050 E"].concat();
    let exif = [b"Exif\0\0".as_slice(), &tiff].concat();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}

#[test]
fn it_stands_upright_and_tells_nothing_of_where_it_was_taken() {
    let taken = with_exif(&as_file(&flag(300, 300), ImageFormat::Jpeg));
    assert!(taken.windows(7).any(|window| window == b"52.5200"));
    let Square { large, small, .. } = square(&taken).unwrap();
    let [.., blue] = pixel(&large, 5, 5);
    assert!(blue > 150, "what was below is above");
    for jpeg in [large, small] {
        assert!(!jpeg.windows(4).any(|window| window == b"Exif") && !jpeg.windows(7).any(|window| window == b"52.5200"));
    }
}

#[test]
fn what_lies_about_what_it_is_is_taken_for_what_it_is() {
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#;
    for lie in [&svg[..], b"<!doctype html><script>alert(1)</script>", b"MZ\x90\0", b"%PDF-1.7", b"\0\0\x01\0\x01\0", b"BM", b"GIF", b""] {
        refused(lie);
    }
    let png = as_file(&flag(30, 30), ImageFormat::Png);
    refused(&png[..png.len() / 2]);
    refused(&[b"\xff\xd8\xff\xe0".as_slice(), &png].concat());
    // A web page that is hidden behind an image is not in what is made of it.
    let both = [png.as_slice(), b"<script>alert(1)</script>"].concat();
    let made = square(&both).unwrap();
    assert!(!made.large.windows(6).any(|window| window == b"script"));
}

/// A PNG whose head says that it is so large, over data for a few lines.
fn claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    RgbaImage::new(4, 4).write_with_encoder(PngEncoder::new(&mut bytes)).unwrap();
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let crc = crc(&bytes[12..29]).to_be_bytes();
    bytes[29..33].copy_from_slice(&crc);
    bytes
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc: u32, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

/// The most memory that this process has had so far.
#[cfg(target_os = "linux")]
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn a_bomb_is_refused_by_its_head_and_takes_no_memory() {
    // A frame of a GIF may be larger than its screen, in the place where a decoder looks last.
    let mut frame = as_file(&flag(4, 4), ImageFormat::Gif);
    let at = frame.windows(9).position(|window| window[0] == 0x2c && window[5..9] == [4, 0, 4, 0]).unwrap();
    frame[at + 5..at + 9].copy_from_slice(&[0xff; 4]);
    let mut webp = as_file(&flag(4, 4), ImageFormat::WebP);
    webp[21..24].copy_from_slice(&[0xff; 3]);
    let bombs = [claiming(PICTURE_SIDE_MAX + 1, 1), claiming(60_000, 60_000), claiming(u32::MAX >> 1, u32::MAX >> 1), frame, webp];
    let (before, begun) = (peak_kib(), Instant::now());
    for bomb in &bombs {
        refused(bomb);
    }
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    // The smallest of them would be 14 GiB; the rest is other tests' beside this one.
    assert!(peak_kib() - before < 512 * 1024, "{} KiB more", peak_kib() - before);
    assert!(refused(&bombs[0]).contains("too large"));
    // The largest that is taken goes in a moment.
    let largest = as_file(&flag(PICTURE_SIDE_MAX, PICTURE_SIDE_MAX), ImageFormat::Png);
    assert!(square(&largest).is_ok());
}
