namespace Stedi.DevStack.Aws.Tests;

/// <summary>Scripts of clients, each of which prints "done" at its end.</summary>
internal static class ClientScripts
{
    public const string Boto3 = """
        import sys, time, uuid, boto3
        from botocore.exceptions import ClientError
        sys.argv = sys.argv[1:] if sys.argv[0] == '-' else sys.argv
        end = sys.argv[0]
        s3, glue, athena = (boto3.client(n, endpoint_url=end) for n in ('s3', 'glue', 'athena'))
        b = 'py-' + uuid.uuid4().hex
        s3.create_bucket(Bucket=b)
        s3.get_waiter('bucket_exists').wait(Bucket=b)
        for i in range(25):
            s3.put_object(Bucket=b, Key=f't/{i:02}.json', Body=('{"N": %d, "T": "x,\\"y"}\n' % i).encode(), Metadata={'i': str(i)}, ContentType='application/json')
        keys = [o['Key'] for p in s3.get_paginator('list_objects_v2').paginate(Bucket=b, Prefix='t/', PaginationConfig={'PageSize': 10}) for o in p['Contents']]
        assert len(keys) == 25 and keys == sorted(keys), keys
        head = s3.head_object(Bucket=b, Key='t/03.json')
        assert head['Metadata'] == {'i': '3'} and head['ContentType'] == 'application/json'
        url = s3.generate_presigned_url('get_object', Params={'Bucket': b, 'Key': 't/03.json'}, ExpiresIn=60)
        import urllib.request
        assert b'"N": 3' in urllib.request.urlopen(url).read()
        try:
            s3.get_object(Bucket=b, Key='none'); assert False
        except s3.exceptions.NoSuchKey: pass
        db = 'py' + uuid.uuid4().hex
        glue.create_database(DatabaseInput={'Name': db})
        try:
            glue.create_database(DatabaseInput={'Name': db}); assert False
        except glue.exceptions.AlreadyExistsException: pass
        out = {'OutputLocation': f's3://{b}/r/'}
        def run(sql, **more):
            q = athena.start_query_execution(QueryString=sql, QueryExecutionContext={'Database': db}, ResultConfiguration=out, **more)['QueryExecutionId']
            while True:
                e = athena.get_query_execution(QueryExecutionId=q)['QueryExecution']
                if e['Status']['State'] in ('SUCCEEDED', 'FAILED', 'CANCELLED'): return q, e
                time.sleep(0.02)
        q, e = run(f"CREATE EXTERNAL TABLE t (n int, t string) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION 's3://{b}/t/'")
        assert e['Status']['State'] == 'SUCCEEDED', e
        q, e = run('SELECT n, t FROM t ORDER BY n')
        assert e['Status']['State'] == 'SUCCEEDED', e
        assert e['Status']['SubmissionDateTime'].year > 2000
        rows = [r for p in athena.get_paginator('get_query_results').paginate(QueryExecutionId=q, PaginationConfig={'PageSize': 10}) for r in p['ResultSet']['Rows']]
        assert len(rows) == 26 and rows[4]['Data'] == [{'VarCharValue': '3'}, {'VarCharValue': 'x,"y'}], rows[4]
        q, e = run('SELECT nope FROM t')
        assert e['Status']['State'] == 'FAILED' and e['Status']['AthenaError']['ErrorCategory'] == 2, e
        q, e = run('SELECT count(*) FROM t WHERE n > ?', ExecutionParameters=['20'])
        assert athena.get_query_results(QueryExecutionId=q)['ResultSet']['Rows'][1]['Data'][0]['VarCharValue'] == '4'
        t = glue.get_table(DatabaseName=db, Name='t')['Table']
        assert t['VersionId'] == '0' and t['CreateTime'].year > 2000
        assert athena.get_work_group(WorkGroup='primary')['WorkGroup']['State'] == 'ENABLED'
        assert athena.get_table_metadata(CatalogName='AwsDataCatalog', DatabaseName=db, TableName='t')['TableMetadata']['Columns'][0] == {'Name': 'n', 'Type': 'int'}
        s3.delete_objects(Bucket=b, Delete={'Objects': [{'Key': k} for k in keys], 'Quiet': True})
        print('done')
        """;

    public const string Boto3RefusedPuts = """
        import sys, uuid, boto3
        from botocore.config import Config
        from botocore.exceptions import ClientError
        s3 = boto3.client('s3', endpoint_url=sys.argv[-1], config=Config(max_pool_connections=1, retries={'max_attempts': 0}))
        b = 'py-' + uuid.uuid4().hex
        s3.create_bucket(Bucket=b)
        s3.put_object(Bucket=b, Key='a', Body=b'x')
        def refused(code, put, **input):
            try:
                put(**input); assert False, code
            except ClientError as e:
                assert e.response['Error']['Code'] == code, e
            assert s3.get_object(Bucket=b, Key='a')['Body'].read() == b'x'
        def none_match(request, **kwargs): request.headers['If-None-Match'] = 'x'
        for i in range(3):
            refused('NoSuchBucket', s3.put_object, Bucket=b + '-none', Key='a', Body=b'y' * 100)
            refused('NotImplemented', s3.put_object_tagging, Bucket=b, Key='a', Tagging={'TagSet': [{'Key': 'k', 'Value': 'v'}]})
        s3.meta.events.register('before-sign.s3.PutObject', none_match)
        refused('NotImplemented', s3.put_object, Bucket=b, Key='a', Body=b'y' * 100)
        print('done')
        """;

    public const string NodeSdk = """
        const { S3Client, CreateBucketCommand, PutObjectCommand, GetObjectCommand, ListObjectsV2Command, DeleteObjectsCommand } = require('@aws-sdk/client-s3');
        const { GlueClient, CreateDatabaseCommand, GetTableCommand } = require('@aws-sdk/client-glue');
        const { AthenaClient, StartQueryExecutionCommand, GetQueryExecutionCommand, GetQueryResultsCommand } = require('@aws-sdk/client-athena');
        const { Upload } = require('@aws-sdk/lib-storage');
        const { Readable } = require('stream');
        const assert = require('assert');
        const config = { endpoint: process.argv[process.argv.length - 1], region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 's' } };
        const s3 = new S3Client(config), glue = new GlueClient(config), athena = new AthenaClient(config);
        (async () => {
          const b = 'js-' + Date.now() + Math.floor(Math.random() * 1e6), db = b.replace('-', '');
          await s3.send(new CreateBucketCommand({ Bucket: b }));
          await s3.send(new PutObjectCommand({ Bucket: b, Key: 't/a b+c.json', Body: '{"n":1}\n' }));
          const body = Buffer.from('{"n":2}\n{"n":3}\n');
          await s3.send(new PutObjectCommand({ Bucket: b, Key: 't/stream.json', Body: Readable.from([body]), ContentLength: body.length }));
          await new Upload({ client: s3, params: { Bucket: b, Key: 'big.bin', Body: Buffer.alloc(11 << 20, 7) } }).done();
          const big = await s3.send(new GetObjectCommand({ Bucket: b, Key: 'big.bin', Range: 'bytes=5-9' }));
          assert.equal(await big.Body.transformToString(), '\u0007\u0007\u0007\u0007\u0007');
          const listed = await s3.send(new ListObjectsV2Command({ Bucket: b, Delimiter: '/' }));
          assert.deepEqual([listed.Contents.map(o => o.Key), listed.CommonPrefixes.map(p => p.Prefix)], [['big.bin'], ['t/']]);
          await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: db } }));
          await assert.rejects(glue.send(new GetTableCommand({ DatabaseName: db, Name: 't' })), e => e.name === 'EntityNotFoundException');
          const run = async sql => {
            const { QueryExecutionId } = await athena.send(new StartQueryExecutionCommand({ QueryString: sql, QueryExecutionContext: { Database: db }, ResultConfiguration: { OutputLocation: `s3://${b}/r/` } }));
            for (;;) {
              const q = (await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }))).QueryExecution;
              if (q.Status.State === 'FAILED') throw new Error(q.Status.StateChangeReason);
              if (q.Status.State === 'SUCCEEDED') return (await athena.send(new GetQueryResultsCommand({ QueryExecutionId }))).ResultSet.Rows;
              await new Promise(r => setTimeout(r, 20));
            }
          };
          await run(`CREATE EXTERNAL TABLE t (n int) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION 's3://${b}/t/'`);
          assert.equal((await run('SELECT sum(n) FROM t'))[1].Data[0].VarCharValue, '6');
          await s3.send(new DeleteObjectsCommand({ Bucket: b, Delete: { Objects: [{ Key: 't/a b+c.json' }] } }));
          assert.equal((await run('SELECT sum(n) FROM t'))[1].Data[0].VarCharValue, '5');
          console.log('done');
        })().catch(e => { console.error(e); process.exit(1); });
        """;

    public const string Cube = """
        const { AthenaDriver } = require('@cubejs-backend/athena-driver');
        const { S3Client, CreateBucketCommand } = require('@aws-sdk/client-s3');
        const assert = require('assert');
        const endpoint = process.argv[process.argv.length - 1];
        const credentials = { accessKeyId: 'local', secretAccessKey: 's' };
        process.env.AWS_ENDPOINT_URL = endpoint;
        process.env.CUBEJS_DB_TYPE = 'athena';
        (async () => {
          const b = 'cube-' + Date.now() + Math.floor(Math.random() * 1e6), db = b.replace('-', '');
          await new S3Client({ endpoint, region: 'us-east-1', credentials }).send(new CreateBucketCommand({ Bucket: b }));
          const driver = new AthenaDriver({ endpoint, region: 'us-east-1', credentials, S3OutputLocation: `s3://${b}/r/`, exportBucket: `s3://${b}/export/`, pollMaxInterval: 50 });
          await driver.testConnection();
          await driver.query(`CREATE DATABASE ${db}`, []);
          await driver.query(`CREATE TABLE ${db}.t AS SELECT * FROM (VALUES (1, 'a'), (2, 'b')) v(n, s)`, []);
          const rows = await driver.query(`SELECT n, s FROM ${db}.t WHERE s = ? ORDER BY n`, ['b']);
          assert.deepEqual(rows.map(r => [Number(r.n), r.s]), [[2, 'b']]);
          const unloaded = await driver.unload(`${db}.t`, { maxFileSize: 64 });
          const lines = [];
          for (const url of unloaded.csvFile) lines.push(...require('zlib').gunzipSync(Buffer.from(await (await fetch(url)).arrayBuffer())).toString().trim().split('\n'));
          assert.equal(lines.length, 2, lines.join('|'));
          await assert.rejects(driver.query(`SELECT nope FROM ${db}.t`, []), /COLUMN_NOT_FOUND/);
          const schema = await driver.tablesSchema();
          assert.deepEqual(Object.keys(schema[db]), ['t']);
          console.log('done');
          process.exit(0);
        })().catch(e => { console.error(e); process.exit(1); });
        """;
}
