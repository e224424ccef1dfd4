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
const schema34 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V1CreateSinkBody","description":"A sink that carries types: columns that the table lacks are added to it.","type":"object","properties":{"name":{"type":"string","description":"a-z, 0-9, - and _; unique within the deployment."},"sink_details":{"type":"object","description":"deployment_id and database_id are two names of one thing; one of them is needed.","properties":{"deployment_id":{"type":["string","null"]},"database_id":{"type":["string","null"]},"table":{"type":"string"}},"required":["table"]},"schema":{"type":"object","description":"Exactly one of id_field and primary_key_fields.","properties":{"type":{"enum":["json",null]},"id_field":{"type":["string","null"],"description":"Item of type id or int whose value names the row."},"primary_key_fields":{"type":["array","null"],"items":{"type":"string"},"description":"Items whose values, joined by |, name the row."},"allow_missing_fields":{"type":"boolean","description":"False: a record without a mapped field discards the whole request."},"partial_acceptance":{"type":"boolean","default":false,"description":"True: where a mapped field must not be missing, only the records without it are rejected."},"definition":{"type":"array","description":"Onto a table that has the option version (made by /v2), an item named _version must map it, of any type; else 409.","items":{"type":"object","properties":{"name":{"type":"string","description":"Name of the column."},"path":{"type":["array","null"],"items":{"type":"string"},"description":"Object keys from the record's root; the name alone if left out."},"type":{"type":"string","description":"id, ids, string, strings, int, decimal, bool, timestamp, dateInt, signedIntBoolKey or recordTime (case-sensitive)."},"config":{"type":["object","null"],"description":"Mutex, Quantum, TTL, Min, Max, Scale (0), Granularity (s), Unit, CustomUnit, Epoch, Layout; keys in any case."}},"required":["name","type"]}}},"required":["allow_missing_fields","definition"]}},"required":["name","sink_details","schema"]};

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

export const isV1PutDeploymentBody = validate24;
const schema35 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V1PutDeploymentBody","type":"object","properties":{"name":{"type":"string","description":"a-z, then a-z, 0-9, - and _; at most 300 characters. Left out: stays as it is."},"deployment_options":{"type":["object","null"],"properties":{"shape":{"type":["string","null"],"description":"Echoed; there are no machines to size."}}}}};

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
if(data.deployment_options !== undefined){
let data1 = data.deployment_options;
const _errs3 = errors;
if((!(data1 && typeof data1 == "object" && !Array.isArray(data1))) && (data1 !== null)){
validate24.errors = [{instancePath:instancePath+"/deployment_options",schemaPath:"#/properties/deployment_options/type",keyword:"type",params:{type: schema35.properties.deployment_options.type},message:"must be object,null"}];
return false;
}
if(errors === _errs3){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.shape !== undefined){
let data2 = data1.shape;
if((typeof data2 !== "string") && (data2 !== null)){
validate24.errors = [{instancePath:instancePath+"/deployment_options/shape",schemaPath:"#/properties/deployment_options/properties/shape/type",keyword:"type",params:{type: schema35.properties.deployment_options.properties.shape.type},message:"must be string,null"}];
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
else {
validate24.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate24.errors = vErrors;
return errors === 0;
}
validate24.evaluated = {"props":{"name":true,"deployment_options":true},"dynamicProps":false,"dynamicItems":false};

export const isV2CreateDatabaseBody = validate25;
const schema36 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V2CreateDatabaseBody","type":"object","properties":{"name":{"type":"string","description":"a-z, then a-z, 0-9, - and _; at most 300 characters."},"database_options":{"type":["object","null"],"properties":{"shape":{"type":["string","null"],"description":"Echoed; there are no machines to size."},"sql_dialect":{"enum":["featurebase","duckdb",null],"description":"What SQL means where the two differ; featurebase if left out."}}}},"required":["name"]};

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
if(data.database_options !== undefined){
let data1 = data.database_options;
const _errs3 = errors;
if((!(data1 && typeof data1 == "object" && !Array.isArray(data1))) && (data1 !== null)){
validate25.errors = [{instancePath:instancePath+"/database_options",schemaPath:"#/properties/database_options/type",keyword:"type",params:{type: schema36.properties.database_options.type},message:"must be object,null"}];
return false;
}
if(errors === _errs3){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.shape !== undefined){
let data2 = data1.shape;
const _errs5 = errors;
if((typeof data2 !== "string") && (data2 !== null)){
validate25.errors = [{instancePath:instancePath+"/database_options/shape",schemaPath:"#/properties/database_options/properties/shape/type",keyword:"type",params:{type: schema36.properties.database_options.properties.shape.type},message:"must be string,null"}];
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
validate25.errors = [{instancePath:instancePath+"/database_options/sql_dialect",schemaPath:"#/properties/database_options/properties/sql_dialect/enum",keyword:"enum",params:{allowedValues: schema36.properties.database_options.properties.sql_dialect.enum},message:"must be equal to one of the allowed values"}];
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
validate25.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate25.errors = vErrors;
return errors === 0;
}
validate25.evaluated = {"props":{"name":true,"database_options":true},"dynamicProps":false,"dynamicItems":false};

export const isV2CreateTableBody = validate26;
const schema37 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V2CreateTableBody","type":"object","properties":{"name":{"type":"string","description":"a-z, then a-z, 0-9, - and _; at most 230 characters."},"description":{"type":["string","null"]},"options":{"type":["object","null"],"properties":{"keys":{"type":["boolean","null"],"description":"True: rows are named by text. False (if left out): by whole numbers."},"trackExistence":{"type":["boolean","null"],"description":"True if left out."},"version":{"enum":["number","time",null],"description":"Producers have a clock of their own: every sink maps _version, and a record takes its place in the order by it; the order of acceptance only breaks ties. number: a whole number of 64 bits. time: RFC 3339 to nanoseconds, or whole milliseconds since 1970. Fixed at creation; if left out, the order is that of acceptance."}}},"columns":{"type":["array","null"],"items":{"type":"object","properties":{"name":{"type":"string"},"type":{"type":"string","description":"ID, IDSET, IDSETQ, INT, DECIMAL(2), TIMESTAMP, STRING, STRINGSET, STRINGSETQ or BOOL, in any case."},"options":{"type":["object","null"],"x-component":"ColumnOptions","description":"min, max, scale, timeUnit, epoch, timeQuantum, ttl; or the form of the column call, with its type."}},"required":["name"]}}},"required":["name"]};

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
let missing0;
if((data.name === undefined) && (missing0 = "name")){
validate26.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.name !== undefined){
const _errs1 = errors;
if(typeof data.name !== "string"){
validate26.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate26.errors = [{instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: schema37.properties.description.type},message:"must be string,null"}];
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
validate26.errors = [{instancePath:instancePath+"/options",schemaPath:"#/properties/options/type",keyword:"type",params:{type: schema37.properties.options.type},message:"must be object,null"}];
return false;
}
if(errors === _errs5){
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.keys !== undefined){
let data3 = data2.keys;
const _errs7 = errors;
if((typeof data3 !== "boolean") && (data3 !== null)){
validate26.errors = [{instancePath:instancePath+"/options/keys",schemaPath:"#/properties/options/properties/keys/type",keyword:"type",params:{type: schema37.properties.options.properties.keys.type},message:"must be boolean,null"}];
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
validate26.errors = [{instancePath:instancePath+"/options/trackExistence",schemaPath:"#/properties/options/properties/trackExistence/type",keyword:"type",params:{type: schema37.properties.options.properties.trackExistence.type},message:"must be boolean,null"}];
return false;
}
var valid1 = _errs9 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data2.version !== undefined){
let data5 = data2.version;
const _errs11 = errors;
if(!(((data5 === "number") || (data5 === "time")) || (data5 === null))){
validate26.errors = [{instancePath:instancePath+"/options/version",schemaPath:"#/properties/options/properties/version/enum",keyword:"enum",params:{allowedValues: schema37.properties.options.properties.version.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid1 = _errs11 === errors;
}
else {
var valid1 = true;
}
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
let data6 = data.columns;
const _errs12 = errors;
if((!(Array.isArray(data6))) && (data6 !== null)){
validate26.errors = [{instancePath:instancePath+"/columns",schemaPath:"#/properties/columns/type",keyword:"type",params:{type: schema37.properties.columns.type},message:"must be array,null"}];
return false;
}
if(errors === _errs12){
if(Array.isArray(data6)){
var valid2 = true;
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
const _errs14 = errors;
if(errors === _errs14){
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
let missing1;
if((data7.name === undefined) && (missing1 = "name")){
validate26.errors = [{instancePath:instancePath+"/columns/" + i0,schemaPath:"#/properties/columns/items/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
if(data7.name !== undefined){
const _errs16 = errors;
if(typeof data7.name !== "string"){
validate26.errors = [{instancePath:instancePath+"/columns/" + i0+"/name",schemaPath:"#/properties/columns/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid3 = _errs16 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data7.type !== undefined){
const _errs18 = errors;
if(typeof data7.type !== "string"){
validate26.errors = [{instancePath:instancePath+"/columns/" + i0+"/type",schemaPath:"#/properties/columns/items/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid3 = _errs18 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data7.options !== undefined){
let data10 = data7.options;
const _errs20 = errors;
if((!(data10 && typeof data10 == "object" && !Array.isArray(data10))) && (data10 !== null)){
validate26.errors = [{instancePath:instancePath+"/columns/" + i0+"/options",schemaPath:"#/properties/columns/items/properties/options/type",keyword:"type",params:{type: schema37.properties.columns.items.properties.options.type},message:"must be object,null"}];
return false;
}
var valid3 = _errs20 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/columns/" + i0,schemaPath:"#/properties/columns/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid2 = _errs14 === errors;
if(!valid2){
break;
}
}
}
}
var valid0 = _errs12 === errors;
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
validate26.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate26.errors = vErrors;
return errors === 0;
}
validate26.evaluated = {"props":{"name":true,"description":true,"options":true,"columns":true},"dynamicProps":false,"dynamicItems":false};

export const isV2PutDatabaseBody = validate27;
const schema38 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V2PutDatabaseBody","type":"object","properties":{"name":{"type":"string","description":"a-z, then a-z, 0-9, - and _; at most 300 characters. Left out: stays as it is."},"database_options":{"type":["object","null"],"properties":{"shape":{"type":["string","null"],"description":"Echoed; there are no machines to size."},"sql_dialect":{"enum":["featurebase","duckdb",null],"description":"What SQL means where the two differ."}}}}};

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
if(data.database_options !== undefined){
let data1 = data.database_options;
const _errs3 = errors;
if((!(data1 && typeof data1 == "object" && !Array.isArray(data1))) && (data1 !== null)){
validate27.errors = [{instancePath:instancePath+"/database_options",schemaPath:"#/properties/database_options/type",keyword:"type",params:{type: schema38.properties.database_options.type},message:"must be object,null"}];
return false;
}
if(errors === _errs3){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.shape !== undefined){
let data2 = data1.shape;
const _errs5 = errors;
if((typeof data2 !== "string") && (data2 !== null)){
validate27.errors = [{instancePath:instancePath+"/database_options/shape",schemaPath:"#/properties/database_options/properties/shape/type",keyword:"type",params:{type: schema38.properties.database_options.properties.shape.type},message:"must be string,null"}];
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
validate27.errors = [{instancePath:instancePath+"/database_options/sql_dialect",schemaPath:"#/properties/database_options/properties/sql_dialect/enum",keyword:"enum",params:{allowedValues: schema38.properties.database_options.properties.sql_dialect.enum},message:"must be equal to one of the allowed values"}];
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
else {
validate27.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate27.errors = vErrors;
return errors === 0;
}
validate27.evaluated = {"props":{"name":true,"database_options":true},"dynamicProps":false,"dynamicItems":false};

export const isV2PutTableBody = validate28;
const schema39 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V2PutTableBody","type":"object","properties":{"description":{"type":["string","null"],"description":"Left out: stays as it is."}}};

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
if(data.description !== undefined){
let data0 = data.description;
if((typeof data0 !== "string") && (data0 !== null)){
validate28.errors = [{instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: schema39.properties.description.type},message:"must be string,null"}];
return false;
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
validate28.evaluated = {"props":{"description":true},"dynamicProps":false,"dynamicItems":false};

export const isV2CreateColumnBody = validate29;
const schema40 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V2CreateColumnBody","type":"object","properties":{"type":{"type":["string","null"],"description":"Name of an SQL type, where options has no type of its own."},"options":{"type":["object","null"],"x-component":"ColumnOptions","description":"type is int, decimal, timestamp, bool, mutex, set or time (with keys: text), or the name of an SQL type."}}};

function validate29(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate29.evaluated;
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
validate29.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/type",keyword:"type",params:{type: schema40.properties.type.type},message:"must be string,null"}];
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
validate29.errors = [{instancePath:instancePath+"/options",schemaPath:"#/properties/options/type",keyword:"type",params:{type: schema40.properties.options.type},message:"must be object,null"}];
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
validate29.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate29.errors = vErrors;
return errors === 0;
}
validate29.evaluated = {"props":{"type":true,"options":true},"dynamicProps":false,"dynamicItems":false};

export const isV2CreateSinkBody = validate30;
const schema41 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V2CreateSinkBody","description":"A sink that maps paths of records to columns of a table; the types are the table's.","type":"object","properties":{"name":{"type":"string","description":"a-z, then a-z, 0-9, - and _; unique within the database."},"sink_details":{"type":"object","properties":{"database_id":{"type":"string"},"table":{"type":"string"}},"required":["database_id","table"]},"schema":{"type":"object","description":"Exactly one of id_field (\"_id\") and primary_key_fields ([\"_id\"]).","properties":{"type":{"enum":["json",null]},"id_field":{"type":["string","null"]},"primary_key_fields":{"type":["array","null"],"items":{"type":"string"}},"allow_missing_fields":{"type":"boolean","description":"False: a record without a mapped field discards the whole request."},"partial_acceptance":{"type":"boolean","default":false,"description":"True: where a mapped field must not be missing, only the records without it are rejected."},"definition":{"type":"array","description":"Must map _id, and _timeQuantum where a column keeps time views; _version where the table has the option version, and only there (else 409). Other properties of an item are ignored.","items":{"type":"object","properties":{"name":{"type":"string","description":"Name of the column."},"path":{"type":["array","null"],"items":{"type":"string"},"description":"Object keys from the record's root; the name alone if left out."}},"required":["name"]}}},"required":["allow_missing_fields","definition"]}},"required":["name","sink_details","schema"]};

function validate30(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate30.evaluated;
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
validate30.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.name !== undefined){
const _errs1 = errors;
if(typeof data.name !== "string"){
validate30.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate30.errors = [{instancePath:instancePath+"/sink_details",schemaPath:"#/properties/sink_details/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
if(data1.database_id !== undefined){
const _errs5 = errors;
if(typeof data1.database_id !== "string"){
validate30.errors = [{instancePath:instancePath+"/sink_details/database_id",schemaPath:"#/properties/sink_details/properties/database_id/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate30.errors = [{instancePath:instancePath+"/sink_details/table",schemaPath:"#/properties/sink_details/properties/table/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate30.errors = [{instancePath:instancePath+"/sink_details",schemaPath:"#/properties/sink_details/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
validate30.errors = [{instancePath:instancePath+"/schema",schemaPath:"#/properties/schema/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
if(data4.type !== undefined){
let data5 = data4.type;
const _errs11 = errors;
if(!((data5 === "json") || (data5 === null))){
validate30.errors = [{instancePath:instancePath+"/schema/type",schemaPath:"#/properties/schema/properties/type/enum",keyword:"enum",params:{allowedValues: schema41.properties.schema.properties.type.enum},message:"must be equal to one of the allowed values"}];
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
validate30.errors = [{instancePath:instancePath+"/schema/id_field",schemaPath:"#/properties/schema/properties/id_field/type",keyword:"type",params:{type: schema41.properties.schema.properties.id_field.type},message:"must be string,null"}];
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
validate30.errors = [{instancePath:instancePath+"/schema/primary_key_fields",schemaPath:"#/properties/schema/properties/primary_key_fields/type",keyword:"type",params:{type: schema41.properties.schema.properties.primary_key_fields.type},message:"must be array,null"}];
return false;
}
if(errors === _errs14){
if(Array.isArray(data7)){
var valid3 = true;
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
const _errs16 = errors;
if(typeof data7[i0] !== "string"){
validate30.errors = [{instancePath:instancePath+"/schema/primary_key_fields/" + i0,schemaPath:"#/properties/schema/properties/primary_key_fields/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate30.errors = [{instancePath:instancePath+"/schema/allow_missing_fields",schemaPath:"#/properties/schema/properties/allow_missing_fields/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
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
validate30.errors = [{instancePath:instancePath+"/schema/partial_acceptance",schemaPath:"#/properties/schema/properties/partial_acceptance/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
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
validate30.errors = [{instancePath:instancePath+"/schema/definition/" + i1,schemaPath:"#/properties/schema/properties/definition/items/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
if(data12.name !== undefined){
const _errs26 = errors;
if(typeof data12.name !== "string"){
validate30.errors = [{instancePath:instancePath+"/schema/definition/" + i1+"/name",schemaPath:"#/properties/schema/properties/definition/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate30.errors = [{instancePath:instancePath+"/schema/definition/" + i1+"/path",schemaPath:"#/properties/schema/properties/definition/items/properties/path/type",keyword:"type",params:{type: schema41.properties.schema.properties.definition.items.properties.path.type},message:"must be array,null"}];
return false;
}
if(errors === _errs28){
if(Array.isArray(data14)){
var valid6 = true;
const len2 = data14.length;
for(let i2=0; i2<len2; i2++){
const _errs30 = errors;
if(typeof data14[i2] !== "string"){
validate30.errors = [{instancePath:instancePath+"/schema/definition/" + i1+"/path/" + i2,schemaPath:"#/properties/schema/properties/definition/items/properties/path/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate30.errors = [{instancePath:instancePath+"/schema/definition/" + i1,schemaPath:"#/properties/schema/properties/definition/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
validate30.errors = [{instancePath:instancePath+"/schema/definition",schemaPath:"#/properties/schema/properties/definition/type",keyword:"type",params:{type: "array"},message:"must be array"}];
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
validate30.errors = [{instancePath:instancePath+"/schema",schemaPath:"#/properties/schema/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
validate30.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate30.errors = vErrors;
return errors === 0;
}
validate30.evaluated = {"props":{"name":true,"sink_details":true,"schema":true},"dynamicProps":false,"dynamicItems":false};

export const isV2QuotaBody = validate31;
const schema42 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V2QuotaBody","description":"At least one of the rates; null is as if it were left out.","type":"object","properties":{"records_per_second":{"type":["integer","null"],"minimum":1,"maximum":1000000000000},"bytes_per_second":{"type":["integer","null"],"minimum":1,"maximum":1000000000000,"description":"Of bodies, after gzip."},"requests_per_second":{"type":["integer","null"],"minimum":1,"maximum":1000000000000},"burst_seconds":{"type":["integer","null"],"minimum":1,"maximum":3600,"default":10,"description":"So many seconds' worth may pass at once. A request larger than that passes alone, when nothing passed for so long."},"set_at":{"type":["string","null"],"description":"In answers; ignored in requests."},"set_by":{"type":["string","null"],"description":"In answers; ignored in requests."}},"additionalProperties":false};

function validate31(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate31.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
const _errs1 = errors;
for(const key0 in data){
if(!((((((key0 === "records_per_second") || (key0 === "bytes_per_second")) || (key0 === "requests_per_second")) || (key0 === "burst_seconds")) || (key0 === "set_at")) || (key0 === "set_by"))){
validate31.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.records_per_second !== undefined){
let data0 = data.records_per_second;
const _errs2 = errors;
if((!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))) && (data0 !== null)){
validate31.errors = [{instancePath:instancePath+"/records_per_second",schemaPath:"#/properties/records_per_second/type",keyword:"type",params:{type: schema42.properties.records_per_second.type},message:"must be integer,null"}];
return false;
}
if(errors === _errs2){
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 1000000000000 || isNaN(data0)){
validate31.errors = [{instancePath:instancePath+"/records_per_second",schemaPath:"#/properties/records_per_second/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000000000},message:"must be <= 1000000000000"}];
return false;
}
else {
if(data0 < 1 || isNaN(data0)){
validate31.errors = [{instancePath:instancePath+"/records_per_second",schemaPath:"#/properties/records_per_second/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.bytes_per_second !== undefined){
let data1 = data.bytes_per_second;
const _errs4 = errors;
if((!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))) && (data1 !== null)){
validate31.errors = [{instancePath:instancePath+"/bytes_per_second",schemaPath:"#/properties/bytes_per_second/type",keyword:"type",params:{type: schema42.properties.bytes_per_second.type},message:"must be integer,null"}];
return false;
}
if(errors === _errs4){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000000000 || isNaN(data1)){
validate31.errors = [{instancePath:instancePath+"/bytes_per_second",schemaPath:"#/properties/bytes_per_second/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000000000},message:"must be <= 1000000000000"}];
return false;
}
else {
if(data1 < 1 || isNaN(data1)){
validate31.errors = [{instancePath:instancePath+"/bytes_per_second",schemaPath:"#/properties/bytes_per_second/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.requests_per_second !== undefined){
let data2 = data.requests_per_second;
const _errs6 = errors;
if((!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))) && (data2 !== null)){
validate31.errors = [{instancePath:instancePath+"/requests_per_second",schemaPath:"#/properties/requests_per_second/type",keyword:"type",params:{type: schema42.properties.requests_per_second.type},message:"must be integer,null"}];
return false;
}
if(errors === _errs6){
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 1000000000000 || isNaN(data2)){
validate31.errors = [{instancePath:instancePath+"/requests_per_second",schemaPath:"#/properties/requests_per_second/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000000000},message:"must be <= 1000000000000"}];
return false;
}
else {
if(data2 < 1 || isNaN(data2)){
validate31.errors = [{instancePath:instancePath+"/requests_per_second",schemaPath:"#/properties/requests_per_second/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.burst_seconds !== undefined){
let data3 = data.burst_seconds;
const _errs8 = errors;
if((!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))) && (data3 !== null)){
validate31.errors = [{instancePath:instancePath+"/burst_seconds",schemaPath:"#/properties/burst_seconds/type",keyword:"type",params:{type: schema42.properties.burst_seconds.type},message:"must be integer,null"}];
return false;
}
if(errors === _errs8){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 3600 || isNaN(data3)){
validate31.errors = [{instancePath:instancePath+"/burst_seconds",schemaPath:"#/properties/burst_seconds/maximum",keyword:"maximum",params:{comparison: "<=", limit: 3600},message:"must be <= 3600"}];
return false;
}
else {
if(data3 < 1 || isNaN(data3)){
validate31.errors = [{instancePath:instancePath+"/burst_seconds",schemaPath:"#/properties/burst_seconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.set_at !== undefined){
let data4 = data.set_at;
const _errs10 = errors;
if((typeof data4 !== "string") && (data4 !== null)){
validate31.errors = [{instancePath:instancePath+"/set_at",schemaPath:"#/properties/set_at/type",keyword:"type",params:{type: schema42.properties.set_at.type},message:"must be string,null"}];
return false;
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.set_by !== undefined){
let data5 = data.set_by;
const _errs12 = errors;
if((typeof data5 !== "string") && (data5 !== null)){
validate31.errors = [{instancePath:instancePath+"/set_by",schemaPath:"#/properties/set_by/type",keyword:"type",params:{type: schema42.properties.set_by.type},message:"must be string,null"}];
return false;
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
else {
validate31.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate31.errors = vErrors;
return errors === 0;
}
validate31.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const isV1SinkSchemaBody = validate32;
const schema43 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V1SinkSchemaBody","description":"The schema of a sink with types, which replaces the one it has. Exactly one of id_field and primary_key_fields; columns that the table lacks are added to it.","type":"object","properties":{"type":{"enum":["json",null]},"id_field":{"type":["string","null"],"description":"Item of type id or int whose value names the row."},"primary_key_fields":{"type":["array","null"],"items":{"type":"string"},"description":"Items whose values, joined by |, name the row."},"allow_missing_fields":{"type":"boolean","description":"False: a record without a mapped field discards the whole request."},"partial_acceptance":{"type":"boolean","default":false,"description":"True: where a mapped field must not be missing, only the records without it are rejected."},"definition":{"type":"array","description":"Onto a table that has the option version (made by /v2), an item named _version must map it, of any type; else 409.","items":{"type":"object","properties":{"name":{"type":"string","description":"Name of the column."},"path":{"type":["array","null"],"items":{"type":"string"},"description":"Object keys from the record's root; the name alone if left out."},"type":{"type":"string","description":"id, ids, string, strings, int, decimal, bool, timestamp, dateInt, signedIntBoolKey or recordTime (case-sensitive)."},"config":{"type":["object","null"],"description":"Mutex, Quantum, TTL, Min, Max, Scale (0), Granularity (s), Unit, CustomUnit, Epoch, Layout; keys in any case."}},"required":["name","type"]}}},"required":["allow_missing_fields","definition"]};

function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate32.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.allow_missing_fields === undefined) && (missing0 = "allow_missing_fields")) || ((data.definition === undefined) && (missing0 = "definition"))){
validate32.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.type !== undefined){
let data0 = data.type;
const _errs1 = errors;
if(!((data0 === "json") || (data0 === null))){
validate32.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/enum",keyword:"enum",params:{allowedValues: schema43.properties.type.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.id_field !== undefined){
let data1 = data.id_field;
const _errs2 = errors;
if((typeof data1 !== "string") && (data1 !== null)){
validate32.errors = [{instancePath:instancePath+"/id_field",schemaPath:"#/properties/id_field/type",keyword:"type",params:{type: schema43.properties.id_field.type},message:"must be string,null"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.primary_key_fields !== undefined){
let data2 = data.primary_key_fields;
const _errs4 = errors;
if((!(Array.isArray(data2))) && (data2 !== null)){
validate32.errors = [{instancePath:instancePath+"/primary_key_fields",schemaPath:"#/properties/primary_key_fields/type",keyword:"type",params:{type: schema43.properties.primary_key_fields.type},message:"must be array,null"}];
return false;
}
if(errors === _errs4){
if(Array.isArray(data2)){
var valid1 = true;
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
const _errs6 = errors;
if(typeof data2[i0] !== "string"){
validate32.errors = [{instancePath:instancePath+"/primary_key_fields/" + i0,schemaPath:"#/properties/primary_key_fields/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid1 = _errs6 === errors;
if(!valid1){
break;
}
}
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.allow_missing_fields !== undefined){
const _errs8 = errors;
if(typeof data.allow_missing_fields !== "boolean"){
validate32.errors = [{instancePath:instancePath+"/allow_missing_fields",schemaPath:"#/properties/allow_missing_fields/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.partial_acceptance !== undefined){
const _errs10 = errors;
if(typeof data.partial_acceptance !== "boolean"){
validate32.errors = [{instancePath:instancePath+"/partial_acceptance",schemaPath:"#/properties/partial_acceptance/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.definition !== undefined){
let data6 = data.definition;
const _errs12 = errors;
if(errors === _errs12){
if(Array.isArray(data6)){
var valid2 = true;
const len1 = data6.length;
for(let i1=0; i1<len1; i1++){
let data7 = data6[i1];
const _errs14 = errors;
if(errors === _errs14){
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
let missing1;
if(((data7.name === undefined) && (missing1 = "name")) || ((data7.type === undefined) && (missing1 = "type"))){
validate32.errors = [{instancePath:instancePath+"/definition/" + i1,schemaPath:"#/properties/definition/items/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
if(data7.name !== undefined){
const _errs16 = errors;
if(typeof data7.name !== "string"){
validate32.errors = [{instancePath:instancePath+"/definition/" + i1+"/name",schemaPath:"#/properties/definition/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid3 = _errs16 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data7.path !== undefined){
let data9 = data7.path;
const _errs18 = errors;
if((!(Array.isArray(data9))) && (data9 !== null)){
validate32.errors = [{instancePath:instancePath+"/definition/" + i1+"/path",schemaPath:"#/properties/definition/items/properties/path/type",keyword:"type",params:{type: schema43.properties.definition.items.properties.path.type},message:"must be array,null"}];
return false;
}
if(errors === _errs18){
if(Array.isArray(data9)){
var valid4 = true;
const len2 = data9.length;
for(let i2=0; i2<len2; i2++){
const _errs20 = errors;
if(typeof data9[i2] !== "string"){
validate32.errors = [{instancePath:instancePath+"/definition/" + i1+"/path/" + i2,schemaPath:"#/properties/definition/items/properties/path/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid4 = _errs20 === errors;
if(!valid4){
break;
}
}
}
}
var valid3 = _errs18 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data7.type !== undefined){
const _errs22 = errors;
if(typeof data7.type !== "string"){
validate32.errors = [{instancePath:instancePath+"/definition/" + i1+"/type",schemaPath:"#/properties/definition/items/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid3 = _errs22 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data7.config !== undefined){
let data12 = data7.config;
const _errs24 = errors;
if((!(data12 && typeof data12 == "object" && !Array.isArray(data12))) && (data12 !== null)){
validate32.errors = [{instancePath:instancePath+"/definition/" + i1+"/config",schemaPath:"#/properties/definition/items/properties/config/type",keyword:"type",params:{type: schema43.properties.definition.items.properties.config.type},message:"must be object,null"}];
return false;
}
var valid3 = _errs24 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
}
else {
validate32.errors = [{instancePath:instancePath+"/definition/" + i1,schemaPath:"#/properties/definition/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid2 = _errs14 === errors;
if(!valid2){
break;
}
}
}
else {
validate32.errors = [{instancePath:instancePath+"/definition",schemaPath:"#/properties/definition/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
else {
validate32.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate32.errors = vErrors;
return errors === 0;
}
validate32.evaluated = {"props":{"type":true,"id_field":true,"primary_key_fields":true,"allow_missing_fields":true,"partial_acceptance":true,"definition":true},"dynamicProps":false,"dynamicItems":false};

export const isV2SinkSchemaBody = validate33;
const schema44 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V2SinkSchemaBody","description":"The schema of a sink, which replaces the one it has.","type":"object","properties":{"type":{"enum":["json",null]},"id_field":{"type":["string","null"]},"primary_key_fields":{"type":["array","null"],"items":{"type":"string"}},"allow_missing_fields":{"type":"boolean","description":"False: a record without a mapped field discards the whole request."},"partial_acceptance":{"type":"boolean","default":false,"description":"True: where a mapped field must not be missing, only the records without it are rejected."},"definition":{"type":"array","description":"Must map _id, and _timeQuantum where a column keeps time views; _version where the table has the option version, and only there (else 409). Other properties of an item are ignored.","items":{"type":"object","properties":{"name":{"type":"string","description":"Name of the column."},"path":{"type":["array","null"],"items":{"type":"string"},"description":"Object keys from the record's root; the name alone if left out."}},"required":["name"]}}},"required":["allow_missing_fields","definition"]};

function validate33(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate33.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.allow_missing_fields === undefined) && (missing0 = "allow_missing_fields")) || ((data.definition === undefined) && (missing0 = "definition"))){
validate33.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.type !== undefined){
let data0 = data.type;
const _errs1 = errors;
if(!((data0 === "json") || (data0 === null))){
validate33.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/enum",keyword:"enum",params:{allowedValues: schema44.properties.type.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.id_field !== undefined){
let data1 = data.id_field;
const _errs2 = errors;
if((typeof data1 !== "string") && (data1 !== null)){
validate33.errors = [{instancePath:instancePath+"/id_field",schemaPath:"#/properties/id_field/type",keyword:"type",params:{type: schema44.properties.id_field.type},message:"must be string,null"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.primary_key_fields !== undefined){
let data2 = data.primary_key_fields;
const _errs4 = errors;
if((!(Array.isArray(data2))) && (data2 !== null)){
validate33.errors = [{instancePath:instancePath+"/primary_key_fields",schemaPath:"#/properties/primary_key_fields/type",keyword:"type",params:{type: schema44.properties.primary_key_fields.type},message:"must be array,null"}];
return false;
}
if(errors === _errs4){
if(Array.isArray(data2)){
var valid1 = true;
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
const _errs6 = errors;
if(typeof data2[i0] !== "string"){
validate33.errors = [{instancePath:instancePath+"/primary_key_fields/" + i0,schemaPath:"#/properties/primary_key_fields/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid1 = _errs6 === errors;
if(!valid1){
break;
}
}
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.allow_missing_fields !== undefined){
const _errs8 = errors;
if(typeof data.allow_missing_fields !== "boolean"){
validate33.errors = [{instancePath:instancePath+"/allow_missing_fields",schemaPath:"#/properties/allow_missing_fields/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.partial_acceptance !== undefined){
const _errs10 = errors;
if(typeof data.partial_acceptance !== "boolean"){
validate33.errors = [{instancePath:instancePath+"/partial_acceptance",schemaPath:"#/properties/partial_acceptance/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.definition !== undefined){
let data6 = data.definition;
const _errs12 = errors;
if(errors === _errs12){
if(Array.isArray(data6)){
var valid2 = true;
const len1 = data6.length;
for(let i1=0; i1<len1; i1++){
let data7 = data6[i1];
const _errs14 = errors;
if(errors === _errs14){
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
let missing1;
if((data7.name === undefined) && (missing1 = "name")){
validate33.errors = [{instancePath:instancePath+"/definition/" + i1,schemaPath:"#/properties/definition/items/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
if(data7.name !== undefined){
const _errs16 = errors;
if(typeof data7.name !== "string"){
validate33.errors = [{instancePath:instancePath+"/definition/" + i1+"/name",schemaPath:"#/properties/definition/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid3 = _errs16 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data7.path !== undefined){
let data9 = data7.path;
const _errs18 = errors;
if((!(Array.isArray(data9))) && (data9 !== null)){
validate33.errors = [{instancePath:instancePath+"/definition/" + i1+"/path",schemaPath:"#/properties/definition/items/properties/path/type",keyword:"type",params:{type: schema44.properties.definition.items.properties.path.type},message:"must be array,null"}];
return false;
}
if(errors === _errs18){
if(Array.isArray(data9)){
var valid4 = true;
const len2 = data9.length;
for(let i2=0; i2<len2; i2++){
const _errs20 = errors;
if(typeof data9[i2] !== "string"){
validate33.errors = [{instancePath:instancePath+"/definition/" + i1+"/path/" + i2,schemaPath:"#/properties/definition/items/properties/path/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid4 = _errs20 === errors;
if(!valid4){
break;
}
}
}
}
var valid3 = _errs18 === errors;
}
else {
var valid3 = true;
}
}
}
}
else {
validate33.errors = [{instancePath:instancePath+"/definition/" + i1,schemaPath:"#/properties/definition/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid2 = _errs14 === errors;
if(!valid2){
break;
}
}
}
else {
validate33.errors = [{instancePath:instancePath+"/definition",schemaPath:"#/properties/definition/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
else {
validate33.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate33.errors = vErrors;
return errors === 0;
}
validate33.evaluated = {"props":{"type":true,"id_field":true,"primary_key_fields":true,"allow_missing_fields":true,"partial_acceptance":true,"definition":true},"dynamicProps":false,"dynamicItems":false};

export const isV2EditQuarantinedBody = validate34;
const schema45 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V2EditQuarantinedBody","description":"The record as it should have come; null goes back to what came.","type":"object","properties":{"record":{"type":["object","null"],"description":"As in a request: {\"value\": {...}}."}},"required":["record"]};

function validate34(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate34.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.record === undefined) && (missing0 = "record")){
validate34.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.record !== undefined){
let data0 = data.record;
if((!(data0 && typeof data0 == "object" && !Array.isArray(data0))) && (data0 !== null)){
validate34.errors = [{instancePath:instancePath+"/record",schemaPath:"#/properties/record/type",keyword:"type",params:{type: schema45.properties.record.type},message:"must be object,null"}];
return false;
}
}
}
}
else {
validate34.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate34.errors = vErrors;
return errors === 0;
}
validate34.evaluated = {"props":{"record":true},"dynamicProps":false,"dynamicItems":false};

export const isV2ReplayBody = validate35;
const schema46 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V2ReplayBody","description":"Which stored records are to go through a sink once more. Records are chosen to which all that is given applies.","type":"object","properties":{"from":{"enum":["archive","quarantine"],"description":"archive: whole requests that were accepted. quarantine: records that were refused or could not be written."},"ids":{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":1000,"description":"Entries of the archive or the quarantine, by id."},"reason":{"type":"string","description":"Of quarantined records."},"receipt_id":{"type":"string"},"accepted_from":{"type":"string","description":"RFC 3339, inclusive."},"accepted_to":{"type":"string","description":"RFC 3339, exclusive."},"into":{"type":"string","description":"The sink that takes the records: this one, if left out."},"dry_run":{"type":"boolean","default":false,"description":"True: nothing is sent; the answer says what would be accepted and what refused."}},"additionalProperties":false,"required":["from"]};

function validate35(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate35.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.from === undefined) && (missing0 = "from")){
validate35.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((((key0 === "from") || (key0 === "ids")) || (key0 === "reason")) || (key0 === "receipt_id")) || (key0 === "accepted_from")) || (key0 === "accepted_to")) || (key0 === "into")) || (key0 === "dry_run"))){
validate35.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.from !== undefined){
let data0 = data.from;
const _errs2 = errors;
if(!((data0 === "archive") || (data0 === "quarantine"))){
validate35.errors = [{instancePath:instancePath+"/from",schemaPath:"#/properties/from/enum",keyword:"enum",params:{allowedValues: schema46.properties.from.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.ids !== undefined){
let data1 = data.ids;
const _errs3 = errors;
if(errors === _errs3){
if(Array.isArray(data1)){
if(data1.length > 1000){
validate35.errors = [{instancePath:instancePath+"/ids",schemaPath:"#/properties/ids/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
if(data1.length < 1){
validate35.errors = [{instancePath:instancePath+"/ids",schemaPath:"#/properties/ids/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid1 = true;
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
const _errs5 = errors;
if(typeof data1[i0] !== "string"){
validate35.errors = [{instancePath:instancePath+"/ids/" + i0,schemaPath:"#/properties/ids/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid1 = _errs5 === errors;
if(!valid1){
break;
}
}
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/ids",schemaPath:"#/properties/ids/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.reason !== undefined){
const _errs7 = errors;
if(typeof data.reason !== "string"){
validate35.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.receipt_id !== undefined){
const _errs9 = errors;
if(typeof data.receipt_id !== "string"){
validate35.errors = [{instancePath:instancePath+"/receipt_id",schemaPath:"#/properties/receipt_id/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.accepted_from !== undefined){
const _errs11 = errors;
if(typeof data.accepted_from !== "string"){
validate35.errors = [{instancePath:instancePath+"/accepted_from",schemaPath:"#/properties/accepted_from/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.accepted_to !== undefined){
const _errs13 = errors;
if(typeof data.accepted_to !== "string"){
validate35.errors = [{instancePath:instancePath+"/accepted_to",schemaPath:"#/properties/accepted_to/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.into !== undefined){
const _errs15 = errors;
if(typeof data.into !== "string"){
validate35.errors = [{instancePath:instancePath+"/into",schemaPath:"#/properties/into/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.dry_run !== undefined){
const _errs17 = errors;
if(typeof data.dry_run !== "boolean"){
validate35.errors = [{instancePath:instancePath+"/dry_run",schemaPath:"#/properties/dry_run/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs17 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
else {
validate35.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate35.errors = vErrors;
return errors === 0;
}
validate35.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const isV2AcceptInviteBody = validate36;
const schema47 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V2AcceptInviteBody","description":"The secret of an invite or of a password reset, and the password to be set.","type":"object","properties":{"token":{"type":"string"},"password":{"type":"string","description":"12 characters at least and 256 at most, none of the common ones."}},"additionalProperties":false,"required":["token","password"]};

function validate36(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate36.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.token === undefined) && (missing0 = "token")) || ((data.password === undefined) && (missing0 = "password"))){
validate36.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((key0 === "token") || (key0 === "password"))){
validate36.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.token !== undefined){
const _errs2 = errors;
if(typeof data.token !== "string"){
validate36.errors = [{instancePath:instancePath+"/token",schemaPath:"#/properties/token/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.password !== undefined){
const _errs4 = errors;
if(typeof data.password !== "string"){
validate36.errors = [{instancePath:instancePath+"/password",schemaPath:"#/properties/password/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate36.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate36.errors = vErrors;
return errors === 0;
}
validate36.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const isV2InviteBody = validate37;
const schema48 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V2InviteBody","description":"Who is invited.","type":"object","properties":{"email":{"type":"string"},"role":{"enum":["Administrator","User"],"description":"User, if left out."}},"additionalProperties":false,"required":["email"]};

function validate37(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate37.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.email === undefined) && (missing0 = "email")){
validate37.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((key0 === "email") || (key0 === "role"))){
validate37.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.email !== undefined){
const _errs2 = errors;
if(typeof data.email !== "string"){
validate37.errors = [{instancePath:instancePath+"/email",schemaPath:"#/properties/email/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.role !== undefined){
let data1 = data.role;
const _errs4 = errors;
if(!((data1 === "Administrator") || (data1 === "User"))){
validate37.errors = [{instancePath:instancePath+"/role",schemaPath:"#/properties/role/enum",keyword:"enum",params:{allowedValues: schema48.properties.role.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate37.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate37.errors = vErrors;
return errors === 0;
}
validate37.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const isV2UserBody = validate38;
const schema49 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V2UserBody","description":"A user as GET shows it: role and status can be changed, all else must be as it is, or left out.","type":"object","properties":{"role":{"enum":["Administrator","User"]},"status":{"enum":["Active","Deactivated","Open","Left"],"description":"Active or Deactivated; another one only if it is what it was."}}};

function validate38(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate38.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.role !== undefined){
let data0 = data.role;
const _errs1 = errors;
if(!((data0 === "Administrator") || (data0 === "User"))){
validate38.errors = [{instancePath:instancePath+"/role",schemaPath:"#/properties/role/enum",keyword:"enum",params:{allowedValues: schema49.properties.role.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs1 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.status !== undefined){
let data1 = data.status;
const _errs2 = errors;
if(!((((data1 === "Active") || (data1 === "Deactivated")) || (data1 === "Open")) || (data1 === "Left"))){
validate38.errors = [{instancePath:instancePath+"/status",schemaPath:"#/properties/status/enum",keyword:"enum",params:{allowedValues: schema49.properties.status.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
}
}
else {
validate38.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate38.errors = vErrors;
return errors === 0;
}
validate38.evaluated = {"props":{"role":true,"status":true},"dynamicProps":false,"dynamicItems":false};

export const isV2PasswordBody = validate39;
const schema50 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V2PasswordBody","description":"The old password and the new one.","type":"object","properties":{"current_password":{"type":"string"},"new_password":{"type":"string","description":"12 characters at least and 256 at most, none of the common ones."}},"additionalProperties":false,"required":["current_password","new_password"]};

function validate39(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate39.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.current_password === undefined) && (missing0 = "current_password")) || ((data.new_password === undefined) && (missing0 = "new_password"))){
validate39.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((key0 === "current_password") || (key0 === "new_password"))){
validate39.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.current_password !== undefined){
const _errs2 = errors;
if(typeof data.current_password !== "string"){
validate39.errors = [{instancePath:instancePath+"/current_password",schemaPath:"#/properties/current_password/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.new_password !== undefined){
const _errs4 = errors;
if(typeof data.new_password !== "string"){
validate39.errors = [{instancePath:instancePath+"/new_password",schemaPath:"#/properties/new_password/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate39.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate39.errors = vErrors;
return errors === 0;
}
validate39.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const isV2CreateKeyBody = validate40;
const schema51 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V2CreateKeyBody","description":"An API key of a user, or a token of the tenant.","type":"object","properties":{"description":{"type":"string","description":"What uses it, for people: 1 to 200 characters."},"scope":{"type":"object","description":"What the key is good for, within what its user may do.","properties":{"verbs":{"type":"array","minItems":1,"maxItems":7,"items":{"enum":["ingest","read","query","replay","manage","account","administer"]},"description":"All but account and administer, if left out."},"sinks":{"type":["array","null"],"minItems":1,"maxItems":100,"items":{"type":"string"},"description":"Ids: only these sinks, and nothing that is not of a sink. All, if left out."}},"additionalProperties":false},"expires_at":{"type":["string","null"],"description":"RFC 3339, to come, at most 3,660 days ahead. No end, if left out."}},"additionalProperties":false,"required":["description"]};

function validate40(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate40.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.description === undefined) && (missing0 = "description")){
validate40.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((key0 === "description") || (key0 === "scope")) || (key0 === "expires_at"))){
validate40.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.description !== undefined){
const _errs2 = errors;
if(typeof data.description !== "string"){
validate40.errors = [{instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.scope !== undefined){
let data1 = data.scope;
const _errs4 = errors;
if(errors === _errs4){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
const _errs6 = errors;
for(const key1 in data1){
if(!((key1 === "verbs") || (key1 === "sinks"))){
validate40.errors = [{instancePath:instancePath+"/scope",schemaPath:"#/properties/scope/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs6 === errors){
if(data1.verbs !== undefined){
let data2 = data1.verbs;
const _errs7 = errors;
if(errors === _errs7){
if(Array.isArray(data2)){
if(data2.length > 7){
validate40.errors = [{instancePath:instancePath+"/scope/verbs",schemaPath:"#/properties/scope/properties/verbs/maxItems",keyword:"maxItems",params:{limit: 7},message:"must NOT have more than 7 items"}];
return false;
}
else {
if(data2.length < 1){
validate40.errors = [{instancePath:instancePath+"/scope/verbs",schemaPath:"#/properties/scope/properties/verbs/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid2 = true;
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
const _errs9 = errors;
if(!(((((((data3 === "ingest") || (data3 === "read")) || (data3 === "query")) || (data3 === "replay")) || (data3 === "manage")) || (data3 === "account")) || (data3 === "administer"))){
validate40.errors = [{instancePath:instancePath+"/scope/verbs/" + i0,schemaPath:"#/properties/scope/properties/verbs/items/enum",keyword:"enum",params:{allowedValues: schema51.properties.scope.properties.verbs.items.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid2 = _errs9 === errors;
if(!valid2){
break;
}
}
}
}
}
else {
validate40.errors = [{instancePath:instancePath+"/scope/verbs",schemaPath:"#/properties/scope/properties/verbs/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid1 = _errs7 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.sinks !== undefined){
let data4 = data1.sinks;
const _errs10 = errors;
if((!(Array.isArray(data4))) && (data4 !== null)){
validate40.errors = [{instancePath:instancePath+"/scope/sinks",schemaPath:"#/properties/scope/properties/sinks/type",keyword:"type",params:{type: schema51.properties.scope.properties.sinks.type},message:"must be array,null"}];
return false;
}
if(errors === _errs10){
if(Array.isArray(data4)){
if(data4.length > 100){
validate40.errors = [{instancePath:instancePath+"/scope/sinks",schemaPath:"#/properties/scope/properties/sinks/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"}];
return false;
}
else {
if(data4.length < 1){
validate40.errors = [{instancePath:instancePath+"/scope/sinks",schemaPath:"#/properties/scope/properties/sinks/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid3 = true;
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
const _errs12 = errors;
if(typeof data4[i1] !== "string"){
validate40.errors = [{instancePath:instancePath+"/scope/sinks/" + i1,schemaPath:"#/properties/scope/properties/sinks/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
var valid3 = _errs12 === errors;
if(!valid3){
break;
}
}
}
}
}
}
var valid1 = _errs10 === errors;
}
else {
var valid1 = true;
}
}
}
}
else {
validate40.errors = [{instancePath:instancePath+"/scope",schemaPath:"#/properties/scope/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.expires_at !== undefined){
let data6 = data.expires_at;
const _errs14 = errors;
if((typeof data6 !== "string") && (data6 !== null)){
validate40.errors = [{instancePath:instancePath+"/expires_at",schemaPath:"#/properties/expires_at/type",keyword:"type",params:{type: schema51.properties.expires_at.type},message:"must be string,null"}];
return false;
}
var valid0 = _errs14 === errors;
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
validate40.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate40.errors = vErrors;
return errors === 0;
}
validate40.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const isV2KeyBody = validate41;
const schema52 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"V2KeyBody","description":"A key as GET shows it: its description can be changed, all else must be as it is, or left out.","type":"object","properties":{"description":{"type":"string","description":"1 to 200 characters."}},"required":["description"]};

function validate41(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate41.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.description === undefined) && (missing0 = "description")){
validate41.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.description !== undefined){
if(typeof data.description !== "string"){
validate41.errors = [{instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
}
}
else {
validate41.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate41.errors = vErrors;
return errors === 0;
}
validate41.evaluated = {"props":{"description":true},"dynamicProps":false,"dynamicItems":false};

export const isQueryBody = validate42;
const schema53 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"QueryBody","type":"object","properties":{"language":{"enum":["sql","pql"]},"statement":{"type":"string","description":"PQL begins with its table: [iris_table]Count(All())."}},"required":["language","statement"]};

function validate42(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate42.evaluated;
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
validate42.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
if(data.language !== undefined){
let data0 = data.language;
const _errs1 = errors;
if(!((data0 === "sql") || (data0 === "pql"))){
validate42.errors = [{instancePath:instancePath+"/language",schemaPath:"#/properties/language/enum",keyword:"enum",params:{allowedValues: schema53.properties.language.enum},message:"must be equal to one of the allowed values"}];
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
validate42.errors = [{instancePath:instancePath+"/statement",schemaPath:"#/properties/statement/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate42.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate42.errors = vErrors;
return errors === 0;
}
validate42.evaluated = {"props":{"language":true,"statement":true},"dynamicProps":false,"dynamicItems":false};

