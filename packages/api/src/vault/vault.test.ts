import { describe, expect, it } from '@jest/globals';
import { createVault } from './vault.ts';

const OLD = Buffer.alloc(32, 'old');
const NEW = Buffer.alloc(32, 'new');

describe('a vault', () => {
  it('opens what it sealed, for the row that it was sealed for and for no other', () => {
    const vault = createVault([OLD]);
    const sealed = vault.seal('토큰 token', 'naver 1 access');
    expect(vault.open(sealed, 'naver 1 access')).toBe('토큰 token');
    expect(vault.open(sealed, 'naver 2 access')).toBeUndefined();
    expect(sealed.toString('latin1')).not.toContain('token');
  });

  it('never seals the same twice alike', () => {
    const vault = createVault([OLD]);
    expect(vault.seal('token', 'a').equals(vault.seal('token', 'a'))).toBe(false);
  });

  it('opens what the key before sealed, and seals with the first', () => {
    const sealed = createVault([OLD]).seal('token', 'a');
    const both = createVault([NEW, OLD]);
    expect(both.open(sealed, 'a')).toBe('token');
    expect(createVault([NEW]).open(both.seal('token', 'a'), 'a')).toBe('token');
    expect(createVault([NEW]).open(sealed, 'a')).toBeUndefined();
  });

  it('opens nothing that was changed', () => {
    const vault = createVault([OLD]);
    const sealed = vault.seal('token', 'a');
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(vault.open(changed, 'a')).toBeUndefined();
    }
    expect(vault.open(Buffer.alloc(3), 'a')).toBeUndefined();
  });

  it.each([[[]], [[Buffer.alloc(16)]]])('takes no keys but of 32 bytes', (keys) => {
    expect(() => createVault(keys)).toThrow('32 bytes');
  });
});
