//! Samples of any kind to ours and back.

use cpal::{FromSample, Sample};

/// One channel of `f32` from interleaved channels: their middle.
pub(super) fn inward<T: Sample>(data: &[T], channels: usize) -> impl Iterator<Item = f32> + '_
where
    f32: FromSample<T>,
{
    data.chunks(channels.max(1)).map(|frame| frame.iter().map(|sample| f32::from_sample(*sample)).sum::<f32>() / frame.len() as f32)
}

/// Every channel gets the sample.
pub(super) fn outward<T: Sample + FromSample<f32>>(data: &mut [T], channels: usize, mut next: impl FnMut() -> f32) {
    for frame in data.chunks_mut(channels.max(1)) {
        let sample = T::from_sample(next().clamp(-1.0, 1.0));
        frame.fill(sample);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_channels_of_whole_numbers_become_their_middle() {
        let heard: Vec<f32> = inward(&[16_384_i16, 0, -16_384, -16_384], 2).collect();
        assert_eq!(heard, vec![0.25, -0.5]);
    }

    #[test]
    fn every_channel_gets_the_sample_and_none_is_beyond_full_scale() {
        let mut sound = [0.5, 2.0].into_iter();
        let mut data = [0_i16; 4];
        outward(&mut data, 2, || sound.next().unwrap());
        assert_eq!(data, [16_384, 16_384, i16::MAX, i16::MAX]);
    }

    #[test]
    fn unsigned_silence_is_its_middle() {
        let mut data = [0_u8; 2];
        outward(&mut data, 1, || 0.0);
        assert_eq!(data, [128, 128]);
        assert_eq!(inward(&data, 1).collect::<Vec<_>>(), vec![0.0, 0.0]);
    }
}
