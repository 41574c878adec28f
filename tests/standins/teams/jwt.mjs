// jwt.mjs - builds any token, right or wrong, and reads tokens strictly.
import { constants, createHmac, sign, verify } from 'node:crypto';

const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
const bytesOf = (value) => (Buffer.isBuffer(value) ? value
    : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

export const segment = (value) => bytesOf(value).toString('base64url');

const SIGN = {
    RS256: (data, key) => sign('sha256', data, key),
    RS384: (data, key) => sign('sha384', data, key),
    RS512: (data, key) => sign('sha512', data, key),
    PS256: (data, key) => sign('sha256', data, { key, ...PSS }),
    ES256: (data, key) => sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' }),
    HS256: (data, key) => createHmac('sha256', key).update(data).digest(),
    none: () => Buffer.alloc(0),
};

// A token from parts. header and claims: object, or text for JSON that no object can say (a member
// twice, a NUL). key: private key, or the secret of HS256. signAs: sign so, whatever header.alg says.
// segments: [s1, s2, s3] in place of the encoded ones (undefined keeps one).
export function forge({ header = { alg: 'RS256', typ: 'JWT' }, claims = {}, key, signAs, segments = [] }) {
    const first = segments[0] ?? segment(header), second = segments[1] ?? segment(claims);
    const algorithm = signAs ?? (typeof header === 'object' && SIGN[header.alg] ? header.alg : 'RS256');
    const third = segments[2] ?? segment(SIGN[algorithm](Buffer.from(`${first}.${second}`), key));
    return `${first}.${second}.${third}`;
}

const VERIFY = {
    RS256: (data, key, signature) => verify('sha256', data, key, signature),
    PS256: (data, key, signature) => verify('sha256', data, { key, ...PSS }, signature),
};

export function decode(token) {
    const [header, claims, signature] = String(token).split('.');
    const read = (text) => JSON.parse(Buffer.from(text, 'base64url').toString());
    return {
        header: read(header), claims: read(claims), signature: Buffer.from(signature, 'base64url'),
        signed: Buffer.from(`${header}.${claims}`),
    };
}

export function verified({ header, signature, signed }, key) {
    return Boolean(VERIFY[header.alg]?.(signed, key, signature));
}
