import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../src/index.ts';
import { decideAtSandbox, type LogInTarget } from './log-in-caller.ts';
import { AGREE, type Agree, kakaoContract, naverContract } from './log-in-contract.ts';

describe('the sandbox', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0 });
  });
  afterAll(() => sandbox.close());
  const target = (): LogInTarget => ({
    authUrl: sandbox.url,
    apiUrl: sandbox.url,
    clientId: 'jangbu-sandbox',
    clientSecret: 'jangbu-sandbox-secret',
    redirectUri: 'http://127.0.0.1:1/auth/callback',
  });
  const agree: Agree = (url, decision = AGREE) => decideAtSandbox(url, decision);
  naverContract('the double', target, agree);
  kakaoContract('the double', target, agree);
});

const {
  NAVER_TEST_CLIENT_ID: naverId,
  NAVER_TEST_CLIENT_SECRET: naverSecret,
  KAKAO_TEST_CLIENT_ID: kakaoId,
  KAKAO_TEST_CLIENT_SECRET: kakaoSecret,
} = process.env;
const redirectUri = 'http://127.0.0.1:8081/auth/callback';

describe('Naver', () => {
  if (naverId !== undefined && naverSecret !== undefined) {
    const client = { clientId: naverId, clientSecret: naverSecret, redirectUri };
    const urls = { authUrl: 'https://nid.naver.com', apiUrl: 'https://openapi.naver.com' };
    naverContract('the provider', () => ({ ...urls, ...client }));
  } else {
    it.skip('needs NAVER_TEST_CLIENT_ID and NAVER_TEST_CLIENT_SECRET in the environment', () => {});
  }
});

describe('Kakao', () => {
  if (kakaoId !== undefined && kakaoSecret !== undefined) {
    const client = { clientId: kakaoId, clientSecret: kakaoSecret, redirectUri };
    const urls = { authUrl: 'https://kauth.kakao.com', apiUrl: 'https://kapi.kakao.com' };
    kakaoContract('the provider', () => ({ ...urls, ...client }));
  } else {
    it.skip('needs KAKAO_TEST_CLIENT_ID and KAKAO_TEST_CLIENT_SECRET in the environment', () => {});
  }
});
