// The storm that every run of the tests lets pass: always the same one.
export const shortStorm = { kills: 50, seed: '2816' };
