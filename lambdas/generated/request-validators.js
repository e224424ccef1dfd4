// Generated from schemas/*.schema.json by `npm run generate`.
"use strict";
export const isSignInBody = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"SignInBody","description":"E-mail address and password, bare as FeatureBase's quick start sends them, or in Cognito's InitiateAuth envelope.","type":"object","properties":{"USERNAME":{"type":"string","description":"E-mail address."},"PASSWORD":{"type":"string"},"AuthFlow":{"enum":["USER_PASSWORD_AUTH","REFRESH_TOKEN_AUTH","REFRESH_TOKEN"],"description":"Without it, a refresh when REFRESH_TOKEN is there, else a sign-in."},"AuthParameters":{"type":"object","properties":{"USERNAME":{"type":"string"},"PASSWORD":{"type":"string"},"REFRESH_TOKEN":{"type":"string"}}}}};

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.USERNAME !== undefined){
const _errs1 = errors;
if(typeof data.USERNAME !== "string"){
validate20.errors = [{instancePath:instancePath+"/USERNAME",schemaPath:"#/properties/USERNAME/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.PASSWORD !== undefined){
const _errs3 = errors;
if(typeof data.PASSWORD !== "string"){
validate20.errors = [{instancePath:instancePath+"/PASSWORD",schemaPath:"#/properties/PASSWORD/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.AuthFlow !== undefined){
let data2 = data.AuthFlow;
const _errs5 = errors;
if(!(((data2 === "USER_PASSWORD_AUTH") || (data2 === "REFRESH_TOKEN_AUTH")) || (data2 === "REFRESH_TOKEN"))){
validate20.errors = [{instancePath:instancePath+"/AuthFlow",schemaPath:"#/properties/AuthFlow/enum",keyword:"enum",params:{allowedValues: schema31.properties.AuthFlow.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.AuthParameters !== undefined){
let data3 = data.AuthParameters;
const _errs6 = errors;
if(errors === _errs6){
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.USERNAME !== undefined){
const _errs8 = errors;
if(typeof data3.USERNAME !== "string"){
validate20.errors = [{instancePath:instancePath+"/AuthParameters/USERNAME",schemaPath:"#/properties/AuthParameters/properties/USERNAME/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid1 = _errs8 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data3.PASSWORD !== undefined){
const _errs10 = errors;
if(typeof data3.PASSWORD !== "string"){
validate20.errors = [{instancePath:instancePath+"/AuthParameters/PASSWORD",schemaPath:"#/properties/AuthParameters/properties/PASSWORD/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid1 = _errs10 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data3.REFRESH_TOKEN !== undefined){
const _errs12 = errors;
if(typeof data3.REFRESH_TOKEN !== "string"){
validate20.errors = [{instancePath:instancePath+"/AuthParameters/REFRESH_TOKEN",schemaPath:"#/properties/AuthParameters/properties/REFRESH_TOKEN/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid1 = _errs12 === errors;
}
else {
var valid1 = true;
}
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/AuthParameters",schemaPath:"#/properties/AuthParameters/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate20.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":{"USERNAME":true,"PASSWORD":true,"AuthFlow":true,"AuthParameters":true},"dynamicProps":false,"dynamicItems":false};

export const isV1CreateDeploymentBody = validate21;
const schema32 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V1CreateDeploymentBody","type":"object","properties":{"name":{"type":"string","description":"a-z, then a-z, 0-9, - and _; at most 300 characters."},"deployment_options":{"type":["object","null"],"properties":{"shape":{"type":["string","null"],"description":"Echoed; there are no machines to size."}}}},"required":["name"]};

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate21.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.name === undefined) && (missing0 = "name")){
validate21.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.name !== undefined){
const _errs1 = errors;
if(typeof data.name !== "string"){
validate21.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.deployment_options !== undefined){
let data1 = data.deployment_options;
const _errs3 = errors;
if((!(data1 && typeof data1 == "object" && !Array.isArray(data1))) && (data1 !== null)){
validate21.errors = [{instancePath:instancePath+"/deployment_options",schemaPath:"#/properties/deployment_options/type",keyword:"type",params:{type: schema32.properties.deployment_options.type},message:"must be object,null"}];
return false;
}
if(errors === _errs3){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.shape !== undefined){
let data2 = data1.shape;
if((typeof data2 !== "string") && (data2 !== null)){
validate21.errors = [{instancePath:instancePath+"/deployment_options/shape",schemaPath:"#/properties/deployment_options/properties/shape/type",keyword:"type",params:{type: schema32.properties.deployment_options.properties.shape.type},message:"must be string,null"}];
return false;
}
}
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate21.errors = vErrors;
return errors === 0;
}
validate21.evaluated = {"props":{"name":true,"deployment_options":true},"dynamicProps":false,"dynamicItems":false};

export const isV1CreateTableBody = validate22;
const schema33 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V1CreateTableBody","description":"A table without columns: its sinks bring them, and its first sink decides how rows are named.","type":"object","properties":{"name":{"type":"string","description":"a-z, then a-z, 0-9, - and _; at most 230 characters."},"description":{"type":["string","null"]}},"required":["name"]};

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate22.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.name === undefined) && (missing0 = "name")){
validate22.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.name !== undefined){
const _errs1 = errors;
if(typeof data.name !== "string"){
validate22.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.description !== undefined){
let data1 = data.description;
const _errs3 = errors;
if((typeof data1 !== "string") && (data1 !== null)){
validate22.errors = [{instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: schema33.properties.description.type},message:"must be string,null"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
}
}
}
else {
validate22.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate22.errors = vErrors;
return errors === 0;
}
validate22.evaluated = {"props":{"name":true,"description":true},"dynamicProps":false,"dynamicItems":false};

export const isV1CreateSinkBody = validate23;
const schema34 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V1CreateSinkBody","description":"A sink that carries types: columns that the table lacks are added to it.","type":"object","properties":{"name":{"type":"string","description":"a-z, 0-9, - and _; unique within the deployment."},"sink_details":{"type":"object","description":"deployment_id and database_id are two names of one thing; one of them is needed.","properties":{"deployment_id":{"type":["string","null"]},"database_id":{"type":["string","null"]},"table":{"type":"string"}},"required":["table"]},"schema":{"type":"object","description":"Exactly one of id_field and primary_key_fields.","properties":{"type":{"enum":["json",null]},"id_field":{"type":["string","null"],"description":"Item of type id or int whose value names the row."},"primary_key_fields":{"type":["array","null"],"items":{"type":"string"},"description":"Items whose values, joined by |, name the row."},"allow_missing_fields":{"type":"boolean","description":"False: a record without a mapped field discards the whole request."},"partial_acceptance":{"type":"boolean","default":false,"description":"True: where a mapped field must not be missing, only the records without it are rejected."},"definition":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string","description":"Name of the column."},"path":{"type":["array","null"],"items":{"type":"string"},"description":"Object keys from the record's root; the name alone if left out."},"type":{"type":"string","description":"id, ids, string, strings, int, decimal, bool, timestamp or recordTime (case-sensitive)."},"config":{"type":["object","null"],"description":"Mutex, Quantum, TTL, Min, Max, Scale (0), Granularity (s), Unit, Epoch, Layout; keys in any case."}},"required":["name","type"]}}},"required":["allow_missing_fields","definition"]}},"required":["name","sink_details","schema"]};

function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate23.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.name === undefined) && (missing0 = "name")) || ((data.sink_details === undefined) && (missing0 = "sink_details"))) || ((data.schema === undefined) && (missing0 = "schema"))){
validate23.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.name !== undefined){
const _errs1 = errors;
if(typeof data.name !== "string"){
validate23.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.sink_details !== undefined){
let data1 = data.sink_details;
const _errs3 = errors;
if(errors === _errs3){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
let missing1;
if((data1.table === undefined) && (missing1 = "table")){
validate23.errors = [{instancePath:instancePath+"/sink_details",schemaPath:"#/properties/sink_details/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
if(data1.deployment_id !== undefined){
let data2 = data1.deployment_id;
const _errs5 = errors;
if((typeof data2 !== "string") && (data2 !== null)){
validate23.errors = [{instancePath:instancePath+"/sink_details/deployment_id",schemaPath:"#/properties/sink_details/properties/deployment_id/type",keyword:"type",params:{type: schema34.properties.sink_details.properties.deployment_id.type},message:"must be string,null"}];
return false;
}
var valid1 = _errs5 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.database_id !== undefined){
let data3 = data1.database_id;
const _errs7 = errors;
if((typeof data3 !== "string") && (data3 !== null)){
validate23.errors = [{instancePath:instancePath+"/sink_details/database_id",schemaPath:"#/properties/sink_details/properties/database_id/type",keyword:"type",params:{type: schema34.properties.sink_details.properties.database_id.type},message:"must be string,null"}];
return false;
}
var valid1 = _errs7 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.table !== undefined){
const _errs9 = errors;
if(typeof data1.table !== "string"){
validate23.errors = [{instancePath:instancePath+"/sink_details/table",schemaPath:"#/properties/sink_details/properties/table/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid1 = _errs9 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/sink_details",schemaPath:"#/properties/sink_details/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.schema !== undefined){
let data5 = data.schema;
const _errs11 = errors;
if(errors === _errs11){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
let missing2;
if(((data5.allow_missing_fields === undefined) && (missing2 = "allow_missing_fields")) || ((data5.definition === undefined) && (missing2 = "definition"))){
validate23.errors = [{instancePath:instancePath+"/schema",schemaPath:"#/properties/schema/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
if(data5.type !== undefined){
let data6 = data5.type;
const _errs13 = errors;
if(!((data6 === "json") || (data6 === null))){
validate23.errors = [{instancePath:instancePath+"/schema/type",schemaPath:"#/properties/schema/properties/type/enum",keyword:"enum",params:{allowedValues: schema34.properties.schema.properties.type.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid2 = _errs13 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data5.id_field !== undefined){
let data7 = data5.id_field;
const _errs14 = errors;
if((typeof data7 !== "string") && (data7 !== null)){
validate23.errors = [{instancePath:instancePath+"/schema/id_field",schemaPath:"#/properties/schema/properties/id_field/type",keyword:"type",params:{type: schema34.properties.schema.properties.id_field.type},message:"must be string,null"}];
return false;
}
var valid2 = _errs14 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data5.primary_key_fields !== undefined){
let data8 = data5.primary_key_fields;
const _errs16 = errors;
if((!(Array.isArray(data8))) && (data8 !== null)){
validate23.errors = [{instancePath:instancePath+"/schema/primary_key_fields",schemaPath:"#/properties/schema/properties/primary_key_fields/type",keyword:"type",params:{type: schema34.properties.schema.properties.primary_key_fields.type},message:"must be array,null"}];
return false;
}
if(errors === _errs16){
if(Array.isArray(data8)){
var valid3 = true;
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
const _errs18 = errors;
if(typeof data8[i0] !== "string"){
validate23.errors = [{instancePath:instancePath+"/schema/primary_key_fields/" + i0,schemaPath:"#/properties/schema/properties/primary_key_fields/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid3 = _errs18 === errors;
if(!valid3){
break;
}
}
}
}
var valid2 = _errs16 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data5.allow_missing_fields !== undefined){
const _errs20 = errors;
if(typeof data5.allow_missing_fields !== "boolean"){
validate23.errors = [{instancePath:instancePath+"/schema/allow_missing_fields",schemaPath:"#/properties/schema/properties/allow_missing_fields/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid2 = _errs20 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data5.partial_acceptance !== undefined){
const _errs22 = errors;
if(typeof data5.partial_acceptance !== "boolean"){
validate23.errors = [{instancePath:instancePath+"/schema/partial_acceptance",schemaPath:"#/properties/schema/properties/partial_acceptance/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid2 = _errs22 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data5.definition !== undefined){
let data12 = data5.definition;
const _errs24 = errors;
if(errors === _errs24){
if(Array.isArray(data12)){
var valid4 = true;
const len1 = data12.length;
for(let i1=0; i1<len1; i1++){
let data13 = data12[i1];
const _errs26 = errors;
if(errors === _errs26){
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
let missing3;
if(((data13.name === undefined) && (missing3 = "name")) || ((data13.type === undefined) && (missing3 = "type"))){
validate23.errors = [{instancePath:instancePath+"/schema/definition/" + i1,schemaPath:"#/properties/schema/properties/definition/items/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
if(data13.name !== undefined){
const _errs28 = errors;
if(typeof data13.name !== "string"){
validate23.errors = [{instancePath:instancePath+"/schema/definition/" + i1+"/name",schemaPath:"#/properties/schema/properties/definition/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid5 = _errs28 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data13.path !== undefined){
let data15 = data13.path;
const _errs30 = errors;
if((!(Array.isArray(data15))) && (data15 !== null)){
validate23.errors = [{instancePath:instancePath+"/schema/definition/" + i1+"/path",schemaPath:"#/properties/schema/properties/definition/items/properties/path/type",keyword:"type",params:{type: schema34.properties.schema.properties.definition.items.properties.path.type},message:"must be array,null"}];
return false;
}
if(errors === _errs30){
if(Array.isArray(data15)){
var valid6 = true;
const len2 = data15.length;
for(let i2=0; i2<len2; i2++){
const _errs32 = errors;
if(typeof data15[i2] !== "string"){
validate23.errors = [{instancePath:instancePath+"/schema/definition/" + i1+"/path/" + i2,schemaPath:"#/properties/schema/properties/definition/items/properties/path/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid6 = _errs32 === errors;
if(!valid6){
break;
}
}
}
}
var valid5 = _errs30 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data13.type !== undefined){
const _errs34 = errors;
if(typeof data13.type !== "string"){
validate23.errors = [{instancePath:instancePath+"/schema/definition/" + i1+"/type",schemaPath:"#/properties/schema/properties/definition/items/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid5 = _errs34 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data13.config !== undefined){
let data18 = data13.config;
const _errs36 = errors;
if((!(data18 && typeof data18 == "object" && !Array.isArray(data18))) && (data18 !== null)){
validate23.errors = [{instancePath:instancePath+"/schema/definition/" + i1+"/config",schemaPath:"#/properties/schema/properties/definition/items/properties/config/type",keyword:"type",params:{type: schema34.properties.schema.properties.definition.items.properties.config.type},message:"must be object,null"}];
return false;
}
var valid5 = _errs36 === errors;
}
else {
var valid5 = true;
}
}
}
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/schema/definition/" + i1,schemaPath:"#/properties/schema/properties/definition/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid4 = _errs26 === errors;
if(!valid4){
break;
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/schema/definition",schemaPath:"#/properties/schema/properties/definition/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid2 = _errs24 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/schema",schemaPath:"#/properties/schema/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate23.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate23.errors = vErrors;
return errors === 0;
}
validate23.evaluated = {"props":{"name":true,"sink_details":true,"schema":true},"dynamicProps":false,"dynamicItems":false};

export const isV2CreateDatabaseBody = validate24;
const schema35 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V2CreateDatabaseBody","type":"object","properties":{"name":{"type":"string","description":"a-z, then a-z, 0-9, - and _; at most 300 characters."},"database_options":{"type":["object","null"],"properties":{"shape":{"type":["string","null"],"description":"Echoed; there are no machines to size."},"sql_dialect":{"enum":["featurebase","duckdb",null],"description":"What SQL means where the two differ; featurebase if left out."}}}},"required":["name"]};

function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate24.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.name === undefined) && (missing0 = "name")){
validate24.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.name !== undefined){
const _errs1 = errors;
if(typeof data.name !== "string"){
validate24.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.database_options !== undefined){
let data1 = data.database_options;
const _errs3 = errors;
if((!(data1 && typeof data1 == "object" && !Array.isArray(data1))) && (data1 !== null)){
validate24.errors = [{instancePath:instancePath+"/database_options",schemaPath:"#/properties/database_options/type",keyword:"type",params:{type: schema35.properties.database_options.type},message:"must be object,null"}];
return false;
}
if(errors === _errs3){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.shape !== undefined){
let data2 = data1.shape;
const _errs5 = errors;
if((typeof data2 !== "string") && (data2 !== null)){
validate24.errors = [{instancePath:instancePath+"/database_options/shape",schemaPath:"#/properties/database_options/properties/shape/type",keyword:"type",params:{type: schema35.properties.database_options.properties.shape.type},message:"must be string,null"}];
return false;
}
var valid1 = _errs5 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.sql_dialect !== undefined){
let data3 = data1.sql_dialect;
const _errs7 = errors;
if(!(((data3 === "featurebase") || (data3 === "duckdb")) || (data3 === null))){
validate24.errors = [{instancePath:instancePath+"/database_options/sql_dialect",schemaPath:"#/properties/database_options/properties/sql_dialect/enum",keyword:"enum",params:{allowedValues: schema35.properties.database_options.properties.sql_dialect.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid1 = _errs7 === errors;
}
else {
var valid1 = true;
}
}
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
}
}
}
else {
validate24.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate24.errors = vErrors;
return errors === 0;
}
validate24.evaluated = {"props":{"name":true,"database_options":true},"dynamicProps":false,"dynamicItems":false};

export const isV2CreateTableBody = validate25;
const schema36 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V2CreateTableBody","type":"object","properties":{"name":{"type":"string","description":"a-z, then a-z, 0-9, - and _; at most 230 characters."},"description":{"type":["string","null"]},"options":{"type":["object","null"],"properties":{"keys":{"type":["boolean","null"],"description":"True: rows are named by text. False (if left out): by whole numbers."},"trackExistence":{"type":["boolean","null"],"description":"True if left out."}}},"columns":{"type":["array","null"],"items":{"type":"object","properties":{"name":{"type":"string"},"type":{"type":"string","description":"ID, IDSET, IDSETQ, INT, DECIMAL(2), TIMESTAMP, STRING, STRINGSET, STRINGSETQ or BOOL, in any case."},"options":{"type":["object","null"],"description":"min, max, scale, timeUnit, epoch, timeQuantum, ttl; or the form of the column call, with its type."}},"required":["name"]}}},"required":["name"]};

function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate25.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.name === undefined) && (missing0 = "name")){
validate25.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.name !== undefined){
const _errs1 = errors;
if(typeof data.name !== "string"){
validate25.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.description !== undefined){
let data1 = data.description;
const _errs3 = errors;
if((typeof data1 !== "string") && (data1 !== null)){
validate25.errors = [{instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: schema36.properties.description.type},message:"must be string,null"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.options !== undefined){
let data2 = data.options;
const _errs5 = errors;
if((!(data2 && typeof data2 == "object" && !Array.isArray(data2))) && (data2 !== null)){
validate25.errors = [{instancePath:instancePath+"/options",schemaPath:"#/properties/options/type",keyword:"type",params:{type: schema36.properties.options.type},message:"must be object,null"}];
return false;
}
if(errors === _errs5){
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.keys !== undefined){
let data3 = data2.keys;
const _errs7 = errors;
if((typeof data3 !== "boolean") && (data3 !== null)){
validate25.errors = [{instancePath:instancePath+"/options/keys",schemaPath:"#/properties/options/properties/keys/type",keyword:"type",params:{type: schema36.properties.options.properties.keys.type},message:"must be boolean,null"}];
return false;
}
var valid1 = _errs7 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data2.trackExistence !== undefined){
let data4 = data2.trackExistence;
const _errs9 = errors;
if((typeof data4 !== "boolean") && (data4 !== null)){
validate25.errors = [{instancePath:instancePath+"/options/trackExistence",schemaPath:"#/properties/options/properties/trackExistence/type",keyword:"type",params:{type: schema36.properties.options.properties.trackExistence.type},message:"must be boolean,null"}];
return false;
}
var valid1 = _errs9 === errors;
}
else {
var valid1 = true;
}
}
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.columns !== undefined){
let data5 = data.columns;
const _errs11 = errors;
if((!(Array.isArray(data5))) && (data5 !== null)){
validate25.errors = [{instancePath:instancePath+"/columns",schemaPath:"#/properties/columns/type",keyword:"type",params:{type: schema36.properties.columns.type},message:"must be array,null"}];
return false;
}
if(errors === _errs11){
if(Array.isArray(data5)){
var valid2 = true;
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
const _errs13 = errors;
if(errors === _errs13){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
let missing1;
if((data6.name === undefined) && (missing1 = "name")){
validate25.errors = [{instancePath:instancePath+"/columns/" + i0,schemaPath:"#/properties/columns/items/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
if(data6.name !== undefined){
const _errs15 = errors;
if(typeof data6.name !== "string"){
validate25.errors = [{instancePath:instancePath+"/columns/" + i0+"/name",schemaPath:"#/properties/columns/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid3 = _errs15 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data6.type !== undefined){
const _errs17 = errors;
if(typeof data6.type !== "string"){
validate25.errors = [{instancePath:instancePath+"/columns/" + i0+"/type",schemaPath:"#/properties/columns/items/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid3 = _errs17 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data6.options !== undefined){
let data9 = data6.options;
const _errs19 = errors;
if((!(data9 && typeof data9 == "object" && !Array.isArray(data9))) && (data9 !== null)){
validate25.errors = [{instancePath:instancePath+"/columns/" + i0+"/options",schemaPath:"#/properties/columns/items/properties/options/type",keyword:"type",params:{type: schema36.properties.columns.items.properties.options.type},message:"must be object,null"}];
return false;
}
var valid3 = _errs19 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/columns/" + i0,schemaPath:"#/properties/columns/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid2 = _errs13 === errors;
if(!valid2){
break;
}
}
}
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
validate25.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate25.errors = vErrors;
return errors === 0;
}
validate25.evaluated = {"props":{"name":true,"description":true,"options":true,"columns":true},"dynamicProps":false,"dynamicItems":false};

export const isV2CreateColumnBody = validate26;
const schema37 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V2CreateColumnBody","type":"object","properties":{"type":{"type":["string","null"],"description":"Name of an SQL type, where options has no type of its own."},"options":{"type":["object","null"],"description":"type is int, decimal, timestamp, bool, mutex, set or time (with keys: text), or the name of an SQL type."}}};

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate26.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type !== undefined){
let data0 = data.type;
const _errs1 = errors;
if((typeof data0 !== "string") && (data0 !== null)){
validate26.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/type",keyword:"type",params:{type: schema37.properties.type.type},message:"must be string,null"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.options !== undefined){
let data1 = data.options;
const _errs3 = errors;
if((!(data1 && typeof data1 == "object" && !Array.isArray(data1))) && (data1 !== null)){
validate26.errors = [{instancePath:instancePath+"/options",schemaPath:"#/properties/options/type",keyword:"type",params:{type: schema37.properties.options.type},message:"must be object,null"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
}
}
else {
validate26.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate26.errors = vErrors;
return errors === 0;
}
validate26.evaluated = {"props":{"type":true,"options":true},"dynamicProps":false,"dynamicItems":false};

export const isV2CreateSinkBody = validate27;
const schema38 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V2CreateSinkBody","description":"A sink that maps paths of records to columns of a table; the types are the table's.","type":"object","properties":{"name":{"type":"string","description":"a-z, then a-z, 0-9, - and _; unique within the database."},"sink_details":{"type":"object","properties":{"database_id":{"type":"string"},"table":{"type":"string"}},"required":["database_id","table"]},"schema":{"type":"object","description":"Exactly one of id_field (\"_id\") and primary_key_fields ([\"_id\"]).","properties":{"type":{"enum":["json",null]},"id_field":{"type":["string","null"]},"primary_key_fields":{"type":["array","null"],"items":{"type":"string"}},"allow_missing_fields":{"type":"boolean","description":"False: a record without a mapped field discards the whole request."},"partial_acceptance":{"type":"boolean","default":false,"description":"True: where a mapped field must not be missing, only the records without it are rejected."},"definition":{"type":"array","description":"Must map _id, and _timeQuantum where a column keeps time views. Other properties of an item are ignored.","items":{"type":"object","properties":{"name":{"type":"string","description":"Name of the column."},"path":{"type":["array","null"],"items":{"type":"string"},"description":"Object keys from the record's root; the name alone if left out."}},"required":["name"]}}},"required":["allow_missing_fields","definition"]}},"required":["name","sink_details","schema"]};

function validate27(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate27.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.name === undefined) && (missing0 = "name")) || ((data.sink_details === undefined) && (missing0 = "sink_details"))) || ((data.schema === undefined) && (missing0 = "schema"))){
validate27.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.name !== undefined){
const _errs1 = errors;
if(typeof data.name !== "string"){
validate27.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.sink_details !== undefined){
let data1 = data.sink_details;
const _errs3 = errors;
if(errors === _errs3){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
let missing1;
if(((data1.database_id === undefined) && (missing1 = "database_id")) || ((data1.table === undefined) && (missing1 = "table"))){
validate27.errors = [{instancePath:instancePath+"/sink_details",schemaPath:"#/properties/sink_details/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
if(data1.database_id !== undefined){
const _errs5 = errors;
if(typeof data1.database_id !== "string"){
validate27.errors = [{instancePath:instancePath+"/sink_details/database_id",schemaPath:"#/properties/sink_details/properties/database_id/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid1 = _errs5 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.table !== undefined){
const _errs7 = errors;
if(typeof data1.table !== "string"){
validate27.errors = [{instancePath:instancePath+"/sink_details/table",schemaPath:"#/properties/sink_details/properties/table/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid1 = _errs7 === errors;
}
else {
var valid1 = true;
}
}
}
}
else {
validate27.errors = [{instancePath:instancePath+"/sink_details",schemaPath:"#/properties/sink_details/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.schema !== undefined){
let data4 = data.schema;
const _errs9 = errors;
if(errors === _errs9){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
let missing2;
if(((data4.allow_missing_fields === undefined) && (missing2 = "allow_missing_fields")) || ((data4.definition === undefined) && (missing2 = "definition"))){
validate27.errors = [{instancePath:instancePath+"/schema",schemaPath:"#/properties/schema/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
if(data4.type !== undefined){
let data5 = data4.type;
const _errs11 = errors;
if(!((data5 === "json") || (data5 === null))){
validate27.errors = [{instancePath:instancePath+"/schema/type",schemaPath:"#/properties/schema/properties/type/enum",keyword:"enum",params:{allowedValues: schema38.properties.schema.properties.type.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid2 = _errs11 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.id_field !== undefined){
let data6 = data4.id_field;
const _errs12 = errors;
if((typeof data6 !== "string") && (data6 !== null)){
validate27.errors = [{instancePath:instancePath+"/schema/id_field",schemaPath:"#/properties/schema/properties/id_field/type",keyword:"type",params:{type: schema38.properties.schema.properties.id_field.type},message:"must be string,null"}];
return false;
}
var valid2 = _errs12 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.primary_key_fields !== undefined){
let data7 = data4.primary_key_fields;
const _errs14 = errors;
if((!(Array.isArray(data7))) && (data7 !== null)){
validate27.errors = [{instancePath:instancePath+"/schema/primary_key_fields",schemaPath:"#/properties/schema/properties/primary_key_fields/type",keyword:"type",params:{type: schema38.properties.schema.properties.primary_key_fields.type},message:"must be array,null"}];
return false;
}
if(errors === _errs14){
if(Array.isArray(data7)){
var valid3 = true;
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
const _errs16 = errors;
if(typeof data7[i0] !== "string"){
validate27.errors = [{instancePath:instancePath+"/schema/primary_key_fields/" + i0,schemaPath:"#/properties/schema/properties/primary_key_fields/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid3 = _errs16 === errors;
if(!valid3){
break;
}
}
}
}
var valid2 = _errs14 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.allow_missing_fields !== undefined){
const _errs18 = errors;
if(typeof data4.allow_missing_fields !== "boolean"){
validate27.errors = [{instancePath:instancePath+"/schema/allow_missing_fields",schemaPath:"#/properties/schema/properties/allow_missing_fields/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid2 = _errs18 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.partial_acceptance !== undefined){
const _errs20 = errors;
if(typeof data4.partial_acceptance !== "boolean"){
validate27.errors = [{instancePath:instancePath+"/schema/partial_acceptance",schemaPath:"#/properties/schema/properties/partial_acceptance/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid2 = _errs20 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.definition !== undefined){
let data11 = data4.definition;
const _errs22 = errors;
if(errors === _errs22){
if(Array.isArray(data11)){
var valid4 = true;
const len1 = data11.length;
for(let i1=0; i1<len1; i1++){
let data12 = data11[i1];
const _errs24 = errors;
if(errors === _errs24){
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
let missing3;
if((data12.name === undefined) && (missing3 = "name")){
validate27.errors = [{instancePath:instancePath+"/schema/definition/" + i1,schemaPath:"#/properties/schema/properties/definition/items/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
if(data12.name !== undefined){
const _errs26 = errors;
if(typeof data12.name !== "string"){
validate27.errors = [{instancePath:instancePath+"/schema/definition/" + i1+"/name",schemaPath:"#/properties/schema/properties/definition/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid5 = _errs26 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data12.path !== undefined){
let data14 = data12.path;
const _errs28 = errors;
if((!(Array.isArray(data14))) && (data14 !== null)){
validate27.errors = [{instancePath:instancePath+"/schema/definition/" + i1+"/path",schemaPath:"#/properties/schema/properties/definition/items/properties/path/type",keyword:"type",params:{type: schema38.properties.schema.properties.definition.items.properties.path.type},message:"must be array,null"}];
return false;
}
if(errors === _errs28){
if(Array.isArray(data14)){
var valid6 = true;
const len2 = data14.length;
for(let i2=0; i2<len2; i2++){
const _errs30 = errors;
if(typeof data14[i2] !== "string"){
validate27.errors = [{instancePath:instancePath+"/schema/definition/" + i1+"/path/" + i2,schemaPath:"#/properties/schema/properties/definition/items/properties/path/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid6 = _errs30 === errors;
if(!valid6){
break;
}
}
}
}
var valid5 = _errs28 === errors;
}
else {
var valid5 = true;
}
}
}
}
else {
validate27.errors = [{instancePath:instancePath+"/schema/definition/" + i1,schemaPath:"#/properties/schema/properties/definition/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid4 = _errs24 === errors;
if(!valid4){
break;
}
}
}
else {
validate27.errors = [{instancePath:instancePath+"/schema/definition",schemaPath:"#/properties/schema/properties/definition/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid2 = _errs22 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
}
}
else {
validate27.errors = [{instancePath:instancePath+"/schema",schemaPath:"#/properties/schema/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate27.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate27.errors = vErrors;
return errors === 0;
}
validate27.evaluated = {"props":{"name":true,"sink_details":true,"schema":true},"dynamicProps":false,"dynamicItems":false};

export const isQueryBody = validate28;
const schema39 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"QueryBody","type":"object","properties":{"language":{"enum":["sql","pql"]},"statement":{"type":"string","description":"PQL begins with its table: [iris_table]Count(All())."}},"required":["language","statement"]};

function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate28.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.language === undefined) && (missing0 = "language")) || ((data.statement === undefined) && (missing0 = "statement"))){
validate28.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.language !== undefined){
let data0 = data.language;
const _errs1 = errors;
if(!((data0 === "sql") || (data0 === "pql"))){
validate28.errors = [{instancePath:instancePath+"/language",schemaPath:"#/properties/language/enum",keyword:"enum",params:{allowedValues: schema39.properties.language.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.statement !== undefined){
const _errs2 = errors;
if(typeof data.statement !== "string"){
validate28.errors = [{instancePath:instancePath+"/statement",schemaPath:"#/properties/statement/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
}
}
}
else {
validate28.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate28.errors = vErrors;
return errors === 0;
}
validate28.evaluated = {"props":{"language":true,"statement":true},"dynamicProps":false,"dynamicItems":false};

