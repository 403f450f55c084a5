/**
 * The services of the AWS console as destinations. A service that is not here is still a destination by its id:
 * most of them live at `/<id>/home`.
 */

export interface ConsoleService {
  /** What a person types, and the first part of most addresses. */
  readonly id: string
  readonly title: string
  /** Path in the console, with a fragment where the service is a part of another one; `<id>/home` when absent. */
  readonly path?: string
  /** Its console is the same from every region; links go to the partition's main one. */
  readonly isGlobal?: true
  /** Other words for it: what the CLI or people call it. */
  readonly also?: string
}

export const CONSOLE_SERVICES: readonly ConsoleService[] = [
  { id: 'console', title: 'Console Home' },
  { id: 'access-analyzer', title: 'IAM Access Analyzer' },
  { id: 'acm', title: 'Certificate Manager', also: 'tls ssl' },
  { id: 'acm-pca', title: 'Private Certificate Authority' },
  { id: 'amazon-mq', title: 'Amazon MQ', also: 'mq rabbitmq activemq' },
  { id: 'amplify', title: 'Amplify' },
  { id: 'apigateway', title: 'API Gateway', path: 'apigateway/main/apis', also: 'apigw' },
  { id: 'appconfig', title: 'AppConfig', path: 'systems-manager/appconfig' },
  { id: 'appflow', title: 'AppFlow' },
  { id: 'appmesh', title: 'App Mesh' },
  { id: 'apprunner', title: 'App Runner' },
  { id: 'appstream', title: 'AppStream 2.0', path: 'appstream2/home' },
  { id: 'appsync', title: 'AppSync', also: 'graphql' },
  { id: 'artifact', title: 'Artifact', isGlobal: true },
  { id: 'athena', title: 'Athena' },
  { id: 'auditmanager', title: 'Audit Manager' },
  { id: 'autoscaling', title: 'EC2 Auto Scaling groups', path: 'ec2/home#AutoScalingGroups:', also: 'asg' },
  { id: 'backup', title: 'Backup' },
  { id: 'batch', title: 'Batch' },
  { id: 'bedrock', title: 'Bedrock' },
  { id: 'billing', title: 'Billing and Cost Management', isGlobal: true, also: 'costs invoices' },
  { id: 'braket', title: 'Braket' },
  { id: 'budgets', title: 'Budgets', path: 'billing/home#/budgets', isGlobal: true },
  { id: 'chatbot', title: 'Chatbot', isGlobal: true },
  { id: 'cloud9', title: 'Cloud9', also: 'c9' },
  { id: 'cloudformation', title: 'CloudFormation', also: 'cfn stacks' },
  { id: 'cloudfront', title: 'CloudFront', path: 'cloudfront/v4/home', isGlobal: true, also: 'cdn' },
  { id: 'cloudhsm', title: 'CloudHSM' },
  { id: 'cloudmap', title: 'Cloud Map', also: 'servicediscovery' },
  { id: 'cloudshell', title: 'CloudShell' },
  { id: 'cloudtrail', title: 'CloudTrail', path: 'cloudtrailv2/home', also: 'ct' },
  { id: 'cloudwatch', title: 'CloudWatch', also: 'cw metrics alarms' },
  { id: 'codeartifact', title: 'CodeArtifact', path: 'codesuite/codeartifact/repositories' },
  { id: 'codebuild', title: 'CodeBuild', path: 'codesuite/codebuild/projects' },
  { id: 'codecommit', title: 'CodeCommit', path: 'codesuite/codecommit/repositories' },
  { id: 'codedeploy', title: 'CodeDeploy', path: 'codesuite/codedeploy/applications' },
  { id: 'codepipeline', title: 'CodePipeline', path: 'codesuite/codepipeline/pipelines' },
  { id: 'cognito', title: 'Cognito', path: 'cognito/v2/home' },
  { id: 'comprehend', title: 'Comprehend' },
  { id: 'compute-optimizer', title: 'Compute Optimizer' },
  { id: 'config', title: 'Config' },
  { id: 'connect', title: 'Connect' },
  { id: 'controltower', title: 'Control Tower' },
  {
    id: 'cost-explorer',
    title: 'Cost Explorer',
    path: 'cost-management/home#/cost-explorer',
    isGlobal: true,
    also: 'ce',
  },
  { id: 'databrew', title: 'Glue DataBrew' },
  { id: 'datasync', title: 'DataSync' },
  { id: 'datazone', title: 'DataZone' },
  { id: 'detective', title: 'Detective' },
  { id: 'directconnect', title: 'Direct Connect', path: 'directconnect/v2/home', also: 'dx' },
  { id: 'directory-service', title: 'Directory Service', path: 'directoryservicev2/home', also: 'ds ad' },
  { id: 'dms', title: 'Database Migration Service', path: 'dms/v2/home' },
  { id: 'docdb', title: 'DocumentDB', also: 'mongodb' },
  { id: 'drs', title: 'Elastic Disaster Recovery' },
  { id: 'dynamodb', title: 'DynamoDB', path: 'dynamodbv2/home', also: 'ddb tables' },
  { id: 'ebs', title: 'EBS volumes', path: 'ec2/home#Volumes:' },
  { id: 'ec2', title: 'EC2', also: 'instances virtual machines' },
  { id: 'ecr', title: 'Elastic Container Registry', path: 'ecr/private-registry/repositories', also: 'docker images' },
  { id: 'ecs', title: 'Elastic Container Service', path: 'ecs/v2/home', also: 'containers fargate' },
  { id: 'efs', title: 'Elastic File System' },
  { id: 'eks', title: 'Elastic Kubernetes Service', also: 'k8s' },
  { id: 'elasticache', title: 'ElastiCache', also: 'redis valkey memcached' },
  { id: 'elasticbeanstalk', title: 'Elastic Beanstalk', also: 'eb' },
  { id: 'elb', title: 'Load balancers', path: 'ec2/home#LoadBalancers:', also: 'alb nlb elbv2' },
  { id: 'emr', title: 'EMR', also: 'spark hadoop' },
  { id: 'eventbridge', title: 'EventBridge', path: 'events/home', also: 'events' },
  { id: 'firehose', title: 'Data Firehose' },
  { id: 'fis', title: 'Fault Injection Service' },
  { id: 'fsx', title: 'FSx', also: 'lustre netapp' },
  { id: 'gamelift', title: 'GameLift' },
  { id: 'globalaccelerator', title: 'Global Accelerator', isGlobal: true },
  { id: 'glue', title: 'Glue', also: 'etl' },
  { id: 'grafana', title: 'Managed Grafana' },
  { id: 'guardduty', title: 'GuardDuty', also: 'gd' },
  { id: 'health', title: 'Health Dashboard', isGlobal: true, also: 'phd status' },
  { id: 'iam', title: 'IAM', isGlobal: true, also: 'users roles policies' },
  { id: 'identity-center', title: 'IAM Identity Center', path: 'singlesignon/home', also: 'sso singlesignon' },
  { id: 'imagebuilder', title: 'EC2 Image Builder' },
  { id: 'inspector', title: 'Inspector', path: 'inspector/v2/home' },
  { id: 'iot', title: 'IoT Core' },
  { id: 'iotsitewise', title: 'IoT SiteWise' },
  { id: 'ivs', title: 'Interactive Video Service' },
  { id: 'kendra', title: 'Kendra' },
  { id: 'keyspaces', title: 'Keyspaces', also: 'cassandra' },
  { id: 'kinesis', title: 'Kinesis' },
  { id: 'kms', title: 'Key Management Service', also: 'keys encryption' },
  { id: 'lakeformation', title: 'Lake Formation' },
  { id: 'lambda', title: 'Lambda', also: 'functions' },
  { id: 'lex', title: 'Lex', path: 'lexv2/home' },
  { id: 'license-manager', title: 'License Manager' },
  { id: 'lightsail', title: 'Lightsail', path: 'ls/webapp/home' },
  { id: 'location', title: 'Location Service', also: 'maps' },
  { id: 'logs', title: 'CloudWatch Logs', path: 'cloudwatch/home#logsV2:log-groups', also: 'log groups' },
  { id: 'macie', title: 'Macie' },
  { id: 'mediaconvert', title: 'MediaConvert' },
  { id: 'medialive', title: 'MediaLive' },
  { id: 'mediapackage', title: 'MediaPackage' },
  { id: 'memorydb', title: 'MemoryDB' },
  { id: 'mgn', title: 'Application Migration Service' },
  { id: 'migrationhub', title: 'Migration Hub' },
  { id: 'msk', title: 'Managed Streaming for Apache Kafka', also: 'kafka' },
  { id: 'mwaa', title: 'Managed Workflows for Apache Airflow', also: 'airflow' },
  { id: 'neptune', title: 'Neptune', also: 'graph database' },
  { id: 'network-firewall', title: 'Network Firewall', path: 'vpcconsole/home#NetworkFirewalls:' },
  { id: 'networkmanager', title: 'Network Manager', isGlobal: true, also: 'cloud wan' },
  { id: 'opensearch', title: 'OpenSearch Service', path: 'aos/home', also: 'es elasticsearch aos' },
  { id: 'organizations', title: 'Organizations', path: 'organizations/v2/home', isGlobal: true, also: 'orgs accounts' },
  { id: 'outposts', title: 'Outposts' },
  { id: 'parameter-store', title: 'Parameter Store', path: 'systems-manager/parameters', also: 'ssm param' },
  { id: 'personalize', title: 'Personalize' },
  { id: 'pinpoint', title: 'Pinpoint' },
  { id: 'polly', title: 'Polly' },
  { id: 'ram', title: 'Resource Access Manager' },
  { id: 'rds', title: 'RDS and Aurora', also: 'databases postgres mysql' },
  { id: 'redshift', title: 'Redshift', path: 'redshiftv2/home' },
  { id: 'rekognition', title: 'Rekognition' },
  { id: 'resiliencehub', title: 'Resilience Hub' },
  { id: 'resource-explorer', title: 'Resource Explorer' },
  { id: 'resource-groups', title: 'Resource Groups' },
  { id: 'rolesanywhere', title: 'IAM Roles Anywhere' },
  { id: 'route53', title: 'Route 53', path: 'route53/v2/home', isGlobal: true, also: 'dns r53 domains' },
  { id: 's3', title: 'S3', also: 'buckets storage' },
  { id: 'sagemaker', title: 'SageMaker AI' },
  {
    id: 'savings-plans',
    title: 'Savings Plans',
    path: 'cost-management/home#/savings-plans/overview',
    isGlobal: true,
  },
  { id: 'secretsmanager', title: 'Secrets Manager' },
  { id: 'securityhub', title: 'Security Hub' },
  { id: 'securitylake', title: 'Security Lake' },
  { id: 'serverlessrepo', title: 'Serverless Application Repository' },
  { id: 'servicecatalog', title: 'Service Catalog' },
  { id: 'servicequotas', title: 'Service Quotas', also: 'limits' },
  { id: 'ses', title: 'Simple Email Service', also: 'mail' },
  { id: 'shield', title: 'Shield', path: 'wafv2/shieldv2', isGlobal: true, also: 'ddos' },
  { id: 'sns', title: 'Simple Notification Service', path: 'sns/v3/home', also: 'topics' },
  { id: 'sqs', title: 'Simple Queue Service', path: 'sqs/v3/home', also: 'queues' },
  { id: 'step-functions', title: 'Step Functions', path: 'states/home', also: 'sfn states stepfunctions' },
  { id: 'storagegateway', title: 'Storage Gateway' },
  { id: 'support', title: 'Support Center', isGlobal: true, also: 'cases' },
  { id: 'swf', title: 'Simple Workflow Service', path: 'swf/v2/home' },
  { id: 'systems-manager', title: 'Systems Manager', also: 'ssm session manager patch' },
  { id: 'tag-editor', title: 'Tag Editor', path: 'resource-groups/tag-editor' },
  { id: 'textract', title: 'Textract' },
  { id: 'timestream', title: 'Timestream' },
  { id: 'transcribe', title: 'Transcribe' },
  { id: 'transfer', title: 'Transfer Family', also: 'sftp ftp' },
  { id: 'translate', title: 'Translate' },
  { id: 'trusted-advisor', title: 'Trusted Advisor', path: 'trustedadvisor/home', isGlobal: true },
  { id: 'verifiedpermissions', title: 'Verified Permissions', also: 'cedar' },
  { id: 'vpc', title: 'VPC', path: 'vpcconsole/home', also: 'subnets network' },
  { id: 'waf', title: 'WAF', path: 'wafv2/homev2', also: 'wafv2 firewall' },
  { id: 'wellarchitected', title: 'Well-Architected Tool' },
  { id: 'workmail', title: 'WorkMail' },
  { id: 'workspaces', title: 'WorkSpaces', path: 'workspaces/v2/home' },
  { id: 'xray', title: 'X-Ray', also: 'traces' },
]

const BY_ID = new Map(CONSOLE_SERVICES.map((service) => [service.id, service]))

/** The service of exactly that id; `undefined` when it is not on the list. */
export function serviceById(id: string): ConsoleService | undefined {
  return BY_ID.get(id)
}

/** The services a query finds, best first; all of them in the order of the list for an empty one. */
export function searchServices(query: string): ConsoleService[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return [...CONSOLE_SERVICES]
  const ranked = CONSOLE_SERVICES.map((service) => ({ service, rank: rankOf(service, wanted) }))
  // Scattered letters are in nearly everything: they count where nothing has the query in one piece.
  const limit = ranked.some(({ rank }) => rank < SCATTERED) ? SCATTERED : NOT_FOUND
  return ranked
    .filter(({ rank }) => rank < limit)
    .sort((one, other) => one.rank - other.rank)
    .map(({ service }) => service)
}

const SCATTERED = 6
const NOT_FOUND = 7

/** 0 is best. Every comparison ignores case; a query of several words is looked for as it stands. */
function rankOf({ id, title, also = '' }: ConsoleService, wanted: string): number {
  const name = title.toLowerCase()
  const words = [...name.split(/[\s-]+/), ...id.split('-'), ...also.split(' ')]
  if (id === wanted || name === wanted) return 0
  if (also.split(' ').includes(wanted)) return 1
  if (id.startsWith(wanted)) return 2
  if (name.startsWith(wanted)) return 3
  if (words.some((word) => word.startsWith(wanted))) return 4
  if (`${id}\n${name}\n${also}`.includes(wanted)) return 5
  return isScattered(wanted, id) || isScattered(wanted, name) ? SCATTERED : NOT_FOUND
}

/** Whether all letters are there in that order. One letter alone is found in nearly everything. */
function isScattered(letters: string, text: string): boolean {
  let from = 0
  for (const letter of letters) {
    from = text.indexOf(letter, from) + 1
    if (from === 0) return false
  }
  return letters.length > 1
}
