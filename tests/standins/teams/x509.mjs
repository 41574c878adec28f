// x509.mjs - a self-signed certificate, because node:crypto reads certificates but makes none.
import { createHash, generateKeyPair, randomBytes, sign } from 'node:crypto';
import { promisify } from 'node:util';

const generate = promisify(generateKeyPair);
const OID_SHA256_RSA = Buffer.from('06092a864886f70d01010b', 'hex');
const OID_COMMON_NAME = Buffer.from('0603550403', 'hex');
const NULL = Buffer.from('0500', 'hex');

function tlv(tag, ...parts) {
    const content = Buffer.concat(parts), n = content.length;
    const size = n < 128 ? [n] : n < 256 ? [0x81, n] : [0x82, n >> 8, n & 255];
    return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts) => tlv(0x30, ...parts);

function utcTime(ms) {
    const digits = new Date(ms).toISOString().replace(/[-:T]/g, '').slice(2, 14);
    return tlv(0x17, Buffer.from(`${digits}Z`));
}

// DER of a certificate for the pair; commonName in UTF-8, valid for some days around now.
export function selfSigned({ publicKey, privateKey }, commonName = 'Stand-in', days = 365) {
    const algorithm = sequence(OID_SHA256_RSA, NULL);
    const name = sequence(tlv(0x31, sequence(OID_COMMON_NAME, tlv(0x0c, Buffer.from(commonName)))));
    const serial = Buffer.concat([Buffer.from([1]), randomBytes(15)]);
    const day = 86400000, now = Date.now();
    const body = sequence(
        tlv(0xa0, tlv(0x02, Buffer.from([2]))), tlv(0x02, serial), algorithm, name,
        sequence(utcTime(now - day), utcTime(now + days * day)), name,
        publicKey.export({ type: 'spki', format: 'der' }));
    const signature = sign('sha256', body, privateKey);
    return sequence(body, algorithm, tlv(0x03, Buffer.from([0]), signature));
}

export async function rsaPair(bits = 2048) {
    return generate('rsa', { modulusLength: bits });
}

const pem = (der) => `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`;

// What an administrator would upload and keep: { key, certificate } in PEM, and both thumbprints.
export async function newCertificate(commonName = 'deskhand') {
    const pair = await rsaPair();
    const der = selfSigned(pair, commonName);
    return {
        key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }), certificate: pem(der),
        ...thumbprints(der), pair,
    };
}

export const thumbprints = (der) => ({
    x5t: createHash('sha1').update(der).digest('base64url'),
    x5tS256: createHash('sha256').update(der).digest('base64url'),
});
