"""The Python client, as a script uses it: typed and dynamic objects, patches, watches, leader election; says what it saw."""

import sys
import threading
import time

from kubernetes import client, config, dynamic, utils, watch
from kubernetes.client.rest import ApiException
from kubernetes.leaderelection import electionconfig, leaderelection
from kubernetes.leaderelection.resourcelock.configmaplock import ConfigMapLock

NAMESPACE = sys.argv[1]
config.load_kube_config()
core, apps, custom = client.CoreV1Api(), client.AppsV1Api(), client.CustomObjectsApi()
results = []


def case(test):
    try:
        test()
        print("ok", test.__name__)
        results.append(True)
    except Exception as e:  # whatever goes wrong is the result
        print("not ok %s: %s" % (test.__name__, " ".join(str(e).split())[:400]))
        results.append(False)


def refused(status, call):
    try:
        call()
    except ApiException as e:
        assert e.status == status, e
        return e
    raise AssertionError("was accepted")


def typed():
    core.create_namespace(client.V1Namespace(metadata=client.V1ObjectMeta(name=NAMESPACE)))
    core.create_namespaced_config_map(NAMESPACE, client.V1ConfigMap(metadata=client.V1ObjectMeta(name="m", labels={"a": "b"}), data={"k": "1"}))
    core.patch_namespaced_config_map("m", NAMESPACE, {"data": {"k": "2"}})
    one = core.read_namespaced_config_map("m", NAMESPACE)
    assert one.data == {"k": "2"}, one.data
    one.data["k"] = "3"
    core.replace_namespaced_config_map("m", NAMESPACE, one)
    refused(409, lambda: core.replace_namespaced_config_map("m", NAMESPACE, one))
    assert [x.metadata.name for x in core.list_namespaced_config_map(NAMESPACE, label_selector="a=b").items] == ["m"]
    refused(404, lambda: core.read_namespaced_config_map("none", NAMESPACE))
    refused(422, lambda: core.create_namespaced_config_map(NAMESPACE, {"metadata": {"name": "Not_A_Name"}}))


def watched():
    seen, ready = [], core.list_namespaced_config_map(NAMESPACE).metadata.resource_version

    def follow():
        for event in watch.Watch().stream(core.list_namespaced_config_map, NAMESPACE, resource_version=ready, timeout_seconds=10):
            seen.append((event["type"], event["object"].metadata.name))
            if event["type"] == "DELETED":
                return

    thread = threading.Thread(target=follow)
    thread.start()
    core.create_namespaced_config_map(NAMESPACE, {"metadata": {"name": "w"}})
    core.patch_namespaced_config_map("w", NAMESPACE, {"data": {"k": "1"}})
    core.delete_namespaced_config_map("w", NAMESPACE)
    thread.join(15)
    assert seen == [("ADDED", "w"), ("MODIFIED", "w"), ("DELETED", "w")], seen


def workload():
    utils.create_from_dict(client.ApiClient(), {
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "d", "namespace": NAMESPACE},
        "spec": {"selector": {"matchLabels": {"a": "d"}}, "template": {"metadata": {"labels": {"a": "d"}}, "spec": {"containers": [{"name": "c", "image": "x"}]}}}})
    apps.patch_namespaced_deployment_scale("d", NAMESPACE, {"spec": {"replicas": 3}})
    assert apps.read_namespaced_deployment("d", NAMESPACE).spec.replicas == 3


def kinds():
    client.ApiextensionsV1Api().create_custom_resource_definition({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "gears.compat.example.com"},
        "spec": {"group": "compat.example.com", "scope": "Namespaced", "names": {"plural": "gears", "kind": "Gear"}, "versions": [
            {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": {"type": "object", "properties": {"spec": {
                "type": "object", "properties": {"teeth": {"type": "integer", "minimum": 1}}}}}}}]}})
    for event in watch.Watch().stream(client.ApiextensionsV1Api().list_custom_resource_definition, timeout_seconds=10,
                                      field_selector="metadata.name=gears.compat.example.com"):
        if any(x.type == "Established" and x.status == "True" for x in event["object"].status.conditions or []):
            break
    try:
        custom.create_namespaced_custom_object("compat.example.com", "v1", NAMESPACE, "gears", {
            "apiVersion": "compat.example.com/v1", "kind": "Gear", "metadata": {"name": "g"}, "spec": {"teeth": 12}})
        gears = dynamic.DynamicClient(client.ApiClient()).resources.get(api_version="compat.example.com/v1", kind="Gear")
        assert gears.get(name="g", namespace=NAMESPACE).spec.teeth == 12
        gears.server_side_apply(body={"apiVersion": "compat.example.com/v1", "kind": "Gear", "metadata": {"name": "g"}, "spec": {"teeth": 13}},
                                name="g", namespace=NAMESPACE, field_manager="python", force_conflicts=True)
        assert gears.get(name="g", namespace=NAMESPACE).spec.teeth == 13
        refused(422, lambda: custom.patch_namespaced_custom_object("compat.example.com", "v1", NAMESPACE, "gears", "g", {"spec": {"teeth": 0}}))
    finally:
        client.ApiextensionsV1Api().delete_custom_resource_definition("gears.compat.example.com")


def scaler():
    client.AutoscalingV1Api().create_namespaced_horizontal_pod_autoscaler(NAMESPACE, {
        "metadata": {"name": "h"}, "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "d"}, "maxReplicas": 4,
                                            "targetCPUUtilizationPercentage": 60}})
    metric = client.AutoscalingV2Api().read_namespaced_horizontal_pod_autoscaler("h", NAMESPACE).spec.metrics[0]
    assert metric.resource.target.average_utilization == 60, metric


def access():
    review = client.AuthorizationV1Api().create_self_subject_access_review({"spec": {"resourceAttributes": {"verb": "delete", "resource": "pods"}}})
    assert review.status.allowed
    token = core.create_namespaced_service_account_token("default", NAMESPACE, {"spec": {"expirationSeconds": 600}})
    assert token.status.token.count(".") == 2


def leader():
    elected = threading.Event()

    def lead():
        elected.set()
        time.sleep(1)

    election = electionconfig.Config(ConfigMapLock("lead", NAMESPACE, "me"), lease_duration=6, renew_deadline=4, retry_period=1,
                                     onstarted_leading=lead, onstopped_leading=lambda: None)
    threading.Thread(target=leaderelection.LeaderElection(election).run, daemon=True).start()
    assert elected.wait(15)


def gone():
    core.delete_namespace(NAMESPACE)
    for _ in range(100):
        try:
            core.read_namespace(NAMESPACE)
        except ApiException as e:
            assert e.status == 404
            return
        time.sleep(0.2)
    raise AssertionError("still there")


for one in (typed, watched, workload, kinds, scaler, access, leader, gone):
    case(one)
print("%d passed, %d failed" % (results.count(True), results.count(False)))
sys.stdout.flush()
sys.exit(0 if all(results) else 1)
