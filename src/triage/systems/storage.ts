import type { System } from '../system.js';
import { aliyunOssSystem } from './storage/aliyun-oss.js';
import { awsS3System } from './storage/aws-s3.js';
import { azureBlobSystem } from './storage/azure-blob.js';
import { backblazeB2System } from './storage/backblaze-b2.js';
import { googleStorageSystem } from './storage/google-storage.js';

export const storageFamily: readonly System[] = [
  awsS3System,
  googleStorageSystem,
  azureBlobSystem,
  aliyunOssSystem,
  backblazeB2System,
];
