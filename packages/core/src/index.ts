export type { Capability } from './capability/capability.ts';
export { versioned } from './capability/capability.ts';
export type { Catalog } from './catalog/catalog.ts';
export { type CatalogGraph, isDerived, type Relation } from './catalog/catalog-graph.ts';
export type { DerivedEntity } from './catalog/derived-entity.ts';
export { type CatalogEntity, type Entity, placeOf, referencesOf, specString } from './catalog/entity.ts';
export { type EntityRef, nameOf, parseReference, refOf } from './catalog/entity-reference.ts';
export { type RelationType, relationTypes } from './catalog/relations.ts';
export type { CatalogRule } from './catalog/rule.ts';
export { catalogRules } from './catalog/rules/rules.ts';
export { isServiceName } from './catalog/rules/service-folder.ts';
export {
  type CheckedPart,
  type CheckMemory,
  type CheckParts,
  checkedInputs,
  checkRunOf,
  readCheckMemory,
  writeCheckMemory,
} from './check/check-memory.ts';
export { type CheckedService, checkService } from './check/check-service.ts';
export { type CheckedFiles, checkedFiles } from './check/checked-files.ts';
export { type DeployedObjects, deployedIn } from './check/deployed-objects.ts';
export {
  type CommittedFile,
  deployedScores,
  filesOfDeployedScores,
  type ReadCommitted,
} from './check/deployed-scores.ts';
export { fieldsInCatalog } from './check/fields-in-catalog.ts';
export type { FileDocument, ParsedDockerfile } from './check/file-document.ts';
export { type KindSchemas, knownKinds, type TypedPlatform } from './check/known-kinds.ts';
export { type Judged, judgedTogether, PlatformCheck } from './check/platform-check.ts';
export type {
  PolicyAudit,
  PolicyEngine,
  PolicyReport,
  PolicyRequest,
  PolicyResources,
  PolicyViolation,
} from './check/policy-engine.ts';
export { policyResources } from './check/policy-resources.ts';
export { strictEngine } from './check/strict-engine.ts';
export type { Judging } from './check/subject.ts';
export { isFileGroup, type SubjectKind, subjectKinds } from './check/subject-kinds.ts';
export { type WrittenBefore, writtenOnMain, writtenUnknown } from './check/written-before.ts';
export { blobId, type Digest, digestOfBytes, digestOfJson, digestOfText, isDigest } from './digest/digest.ts';
export { decodeText, encodeText } from './digest/text.ts';
export { closedBy, type Environment } from './environment/environment.ts';
export { isBranchName } from './environment/load-environments.ts';
export { didYouMean, nearest, quote } from './finding/did-you-mean.ts';
export {
  type Finding,
  hasErrors,
  type Outcome,
  type Position,
  type RelatedPlace,
  type Severity,
  type Waived,
} from './finding/finding.ts';
export { type Fields, identityOf, newFindings } from './finding/new-findings.ts';
export type { ExampleFile, ExampleFiles, Rule } from './finding/rule.ts';
export { sortFindings } from './finding/sort-findings.ts';
export { differenceFinding } from './fixture/compare-golden.ts';
export type { EngineOf } from './fixture/engine-of.ts';
export type { Fixture, FixtureResult, GoldenDifference } from './fixture/fixture.ts';
export type { PolicyExample } from './fixture/policy-example.ts';
export { exampleAt } from './fixture/policy-examples.ts';
export {
  type CapabilityTest,
  goldenChanges,
  isFixturePath,
  testCapabilities,
} from './fixture/test-capabilities.ts';
export {
  isCalled,
  type PolicyTests,
  platformPolicySources,
  testPolicies,
} from './fixture/test-policies.ts';
export { canonicalJson } from './json/canonical-json.ts';
export { isObject, type Json, type JsonObject, listOf, property, stringOf } from './json/json.ts';
export { once } from './json/once.ts';
export { type Pointer, parsePointer, pointerText } from './json/pointer.ts';
export { type ClusterSchemas, clusterSchemas } from './kubernetes/cluster-schemas.ts';
export { type DefinitionFile, type DefinitionFiles, definitionFiles } from './kubernetes/definition-files.ts';
export { KubernetesTypes } from './kubernetes/kubernetes-types.ts';
export { foldCase, gatePath, refusedPlace } from './layout/path-gate.ts';
export {
  clusterSchemasFile,
  dockerfileService,
  environmentFile,
  isCheckedPath,
  isPlatformPath,
  isPolicyFile,
  platformFile,
  policyOwner,
} from './layout/paths.ts';
export { checkManifests } from './manifest/check-manifests.ts';
export type { Manifest } from './manifest/manifest.ts';
export { manifestPlaces, manifestSource } from './manifest/manifest-places.ts';
export { manifestProblems } from './manifest/manifest-problems.ts';
export { type ManifestFile, readManifests, tooLarge } from './manifest/read-manifests.ts';
export type { FieldChange, ObjectChange, Plan, ServicePlan } from './plan/plan.ts';
export { planChange } from './plan/plan-change.ts';
export {
  type EvaluatedService,
  type Evaluation,
  evaluatePlatform,
  evaluateService,
  evaluateServices,
  type Selection,
  type Survey,
  surveyPlatform,
} from './platform/evaluate-platform.ts';
export { furtherFiles } from './platform/further-files.ts';
export { loadPlatform } from './platform/load-platform.ts';
export type { Platform, PlatformSettings } from './platform/platform.ts';
export { readSettings } from './platform/read-settings.ts';
export { validatePlatform } from './platform/validate-platform.ts';
export {
  isPolicyDocument,
  nearestPolicy,
  type PolicyFacts,
  policiesIn,
  policyCalled,
  policyFacts,
} from './policy/policy-facts.ts';
export { policyId, policyPack } from './policy/policy-id.ts';
export type {
  BranchState,
  BranchUpdate,
  EnvironmentBranches,
  FetchOutcome,
  FileWrite,
  PushOutcome,
} from './promote/ports.ts';
export { type PromotionDecision, type PromotionInput, promote } from './promote/promote.ts';
export type { PromotedService } from './promote/promoted-service.ts';
export { readRecord, recordedServices, recordPath, writeRecord } from './promote/record.ts';
export { type ServiceStatus, statusOf } from './promote/status.ts';
export { type Origin, passedThrough, positionOf } from './provenance/origin.ts';
export { Traced, toJson } from './provenance/traced.ts';
export { isClusterScoped } from './render/cluster-scoped-kinds.ts';
export { environmentLabel, namespaceLabels } from './render/labels.ts';
export { render } from './render/render.ts';
export type { RenderedObject, RenderedTarget, RenderedTree } from './render/rendered-tree.ts';
export { rendererVersion } from './render/renderer-version.ts';
export { type Mint, mintFrom } from './resolve/mint.ts';
export type { Resolution } from './resolve/resolution.ts';
export { resolve } from './resolve/resolve.ts';
export { docsOf, ruleBook } from './rules/rule-book.ts';
export type { CapabilityOptions } from './scaffold/capability/capability-options.ts';
export {
  grantedForCapability,
  isReadForCapability,
  planCapability,
} from './scaffold/capability/plan-capability.ts';
export type { EnvironmentOptions } from './scaffold/environment/environment-options.ts';
export {
  grantedForEnvironment,
  isReadForEnvironment,
  planEnvironment,
} from './scaffold/environment/plan-environment.ts';
export { type FileChange, inWriteOrder, type ScaffoldPlan } from './scaffold/file-change.ts';
export type { InitOptions, ScoreFile } from './scaffold/init/init-options.ts';
export { filesNamedBy } from './scaffold/init/named-files.ts';
export { isReadForInit, planInit } from './scaffold/init/plan-init.ts';
export { planAdd, planAddNearby } from './scaffold/plan-add.ts';
export { type LockOptions, planLock } from './scaffold/plan-lock.ts';
export { planNearby, planService, planServices } from './scaffold/plan-service.ts';
export { grantedForPolicy, isReadForPolicy, planPolicy } from './scaffold/policy/plan-policy.ts';
export type { PolicyOptions } from './scaffold/policy/policy-options.ts';
export { type PolicySubject, policySubjects } from './scaffold/policy/policy-subjects.ts';
export type { AddOptions } from './scaffold/resource-offer.ts';
export { defaultTemplate, type ServiceOptions } from './scaffold/service-request.ts';
export { requirementsOf, Surroundings, usedCapabilities } from './scaffold/surroundings.ts';
export { grantedForWaiver, nothingToWaive, notInEnvironments, planWaiver } from './scaffold/waiver/plan-waiver.ts';
export type { WaiverOptions } from './scaffold/waiver/waiver-options.ts';
export { type CapabilityDocument, capabilitySchema } from './schema/capability.schema.ts';
export { type EnvironmentDocument, environmentSchema } from './schema/environment.schema.ts';
export { jsonSchemas, schemaFile } from './schema/json-schemas.ts';
export { type Instance, type Lock, lockSchema } from './schema/lock.schema.ts';
export { type PlatformDocument, platformSchema } from './schema/platform.schema.ts';
export { type ReleaseRecord, recordSchema } from './schema/record.schema.ts';
export { type SchemaProblem, schemaProblems } from './schema/schema-problems.ts';
export { type WaiverDocument, waiverSchema } from './schema/waiver.schema.ts';
export { snapshotOf } from './snapshot/index-entries.ts';
export { changesBetween, fileMode, Listing } from './snapshot/listing.ts';
export { type LiteralFile, literalSnapshot } from './snapshot/literal-snapshot.ts';
export { overlaySnapshot } from './snapshot/overlay-snapshot.ts';
export {
  type FileMode,
  isLoaded,
  NotLoadedError,
  type Snapshot,
  type SnapshotEntry,
  type Wanted,
} from './snapshot/snapshot.ts';
export { fieldsOfFindings } from './source/fields-of-findings.ts';
export { locateInText } from './source/locate-in-text.ts';
export { parseYaml } from './source/parse-yaml.ts';
export { readSource, type Source } from './source/source.ts';
export { memoryStore } from './store/memory-store.ts';
export { PackedStore } from './store/packed-store.ts';
export { type Store, type StoreKey, storeKey } from './store/store.ts';
export {
  type RememberedAnswer,
  readAnswer,
  readMemory,
  type ValidationMemory,
  writeAnswer,
  writeMemory,
} from './validate/memory.ts';
export { resumeValidation } from './validate/validate-changes.ts';
export { validateWhole } from './validate/validate-whole.ts';
export type { Validation } from './validate/validation.ts';
export { dayText } from './waiver/day.ts';
export type { Waiver } from './waiver/waiver.ts';
export { noWaivers, WaiversInForce } from './waiver/waivers-in-force.ts';
export { writeYaml } from './yaml/write-yaml.ts';
