// A small controller as anybody writes it: a manager with leader election, caches, a finalizer, owned objects, events in
// both groups; and beside it dynamic and metadata informers. It does its work once and says what it saw.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/util/retry"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"
	metrics "sigs.k8s.io/controller-runtime/pkg/metrics/server"
)

const finalizer = "compat.example.com/held"

var widgets = schema.GroupVersionResource{Group: "compat.example.com", Version: "v1", Resource: "widgets"}

// reconciler keeps a Secret beside each ConfigMap that is labelled so.
type reconciler struct {
	client.Client
	manager ctrl.Manager
}

func (r reconciler) Reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	var owner corev1.ConfigMap
	if err := r.Get(ctx, request.NamespacedName, &owner); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	if owner.Labels["compat"] != "yes" {
		return ctrl.Result{}, nil
	}
	if !owner.DeletionTimestamp.IsZero() {
		controllerutil.RemoveFinalizer(&owner, finalizer)
		return ctrl.Result{}, r.Update(ctx, &owner)
	}
	if controllerutil.AddFinalizer(&owner, finalizer) {
		if err := r.Update(ctx, &owner); err != nil {
			return ctrl.Result{}, err
		}
	}
	secret := &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: owner.Name, Namespace: owner.Namespace}}
	done, err := controllerutil.CreateOrUpdate(ctx, r.Client, secret, func() error {
		secret.StringData = map[string]string{"value": owner.Data["value"]}
		return controllerutil.SetControllerReference(&owner, secret, r.Scheme())
	})
	if err == nil && done != controllerutil.OperationResultNone {
		r.manager.GetEventRecorder("compat").Eventf(&owner, nil, corev1.EventTypeNormal, "Kept", "Keeping", "the secret was %s", done)
		r.manager.GetEventRecorderFor("compat-old").Event(&owner, corev1.EventTypeNormal, "KeptOld", "the secret was kept")
	}
	return ctrl.Result{}, err
}

var passed, failed int

func check(name string, test func() error) {
	if err := test(); err != nil {
		failed++
		fmt.Printf("not ok %s: %v\n", name, err)
		return
	}
	passed++
	fmt.Println("ok " + name)
}

func within(test func() error) error {
	var last error
	err := wait.PollUntilContextTimeout(context.Background(), 100*time.Millisecond, 30*time.Second, true, func(context.Context) (bool, error) {
		last = test()
		return last == nil, nil
	})
	if err != nil {
		return fmt.Errorf("not in time: %v", last)
	}
	return nil
}

func must(err error) {
	if err != nil {
		fmt.Println("not ok start:", err)
		os.Exit(1)
	}
}

func main() {
	ctx, stop := context.WithCancel(context.Background())
	namespace := os.Args[1]
	config := ctrl.GetConfigOrDie()
	config.QPS, config.Burst = 200, 400
	plain := kubernetes.NewForConfigOrDie(binary(config))
	_, err := plain.CoreV1().Namespaces().Create(ctx, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: namespace}}, metav1.CreateOptions{})
	must(err)
	manager, err := ctrl.NewManager(config, ctrl.Options{
		LeaderElection: true, LeaderElectionID: "compat.example.com", LeaderElectionNamespace: namespace, LeaderElectionReleaseOnCancel: true,
		Metrics: metrics.Options{BindAddress: "0"}})
	must(err)
	must(ctrl.NewControllerManagedBy(manager).For(&corev1.ConfigMap{}).Owns(&corev1.Secret{}).Complete(reconciler{manager.GetClient(), manager}))
	ended := make(chan error, 1)
	go func() { ended <- manager.Start(ctx) }()
	check("leader", func() error {
		select {
		case <-manager.Elected():
			return nil
		case <-time.After(30 * time.Second):
			return fmt.Errorf("never elected")
		}
	})
	reconciling(ctx, plain, namespace)
	informing(ctx, config, namespace)
	binaryReads(ctx, plain, namespace)
	stop()
	check("lease-released", func() error {
		<-ended
		lease, err := plain.CoordinationV1().Leases(namespace).Get(context.Background(), "compat.example.com", metav1.GetOptions{})
		if err == nil && lease.Spec.HolderIdentity != nil && *lease.Spec.HolderIdentity != "" {
			return fmt.Errorf("held by %s", *lease.Spec.HolderIdentity)
		}
		return err
	})
	must(plain.CoreV1().Namespaces().Delete(context.Background(), namespace, metav1.DeleteOptions{}))
	fmt.Printf("%d passed, %d failed\n", passed, failed)
	if failed > 0 {
		os.Exit(1)
	}
}

// binary sends protobuf and takes nothing else, unless ACCEPT says what.
func binary(config *rest.Config) *rest.Config {
	other := rest.CopyConfig(config)
	other.ContentType = "application/vnd.kubernetes.protobuf"
	other.AcceptContentTypes = os.Getenv("ACCEPT")
	if other.AcceptContentTypes == "" {
		other.AcceptContentTypes = "application/vnd.kubernetes.protobuf"
	}
	return other
}

func reconciling(ctx context.Context, plain kubernetes.Interface, namespace string) {
	maps, secrets := plain.CoreV1().ConfigMaps(namespace), plain.CoreV1().Secrets(namespace)
	check("owned", func() error {
		_, err := maps.Create(ctx, &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "one", Labels: map[string]string{"compat": "yes"}}, Data: map[string]string{"value": "1"}}, metav1.CreateOptions{})
		if err != nil {
			return err
		}
		return within(func() error { return value(ctx, plain, namespace, "1") })
	})
	check("updated", func() error {
		err := retry.RetryOnConflict(retry.DefaultRetry, func() error {
			one, err := maps.Get(ctx, "one", metav1.GetOptions{})
			if err != nil {
				return err
			}
			one.Data["value"] = "2"
			_, err = maps.Update(ctx, one, metav1.UpdateOptions{})
			return err
		})
		if err != nil {
			return err
		}
		return within(func() error { return value(ctx, plain, namespace, "2") })
	})
	check("made-again", func() error {
		if err := secrets.Delete(ctx, "one", metav1.DeleteOptions{}); err != nil {
			return err
		}
		return within(func() error { return value(ctx, plain, namespace, "2") })
	})
	check("events", func() error {
		return within(func() error {
			old, err := plain.CoreV1().Events(namespace).List(ctx, metav1.ListOptions{FieldSelector: "involvedObject.name=one"})
			if err != nil {
				return err
			}
			events, err := plain.EventsV1().Events(namespace).List(ctx, metav1.ListOptions{FieldSelector: "regarding.name=one"})
			if err != nil {
				return err
			}
			var kept, keptOld bool
			for _, one := range events.Items {
				kept = kept || one.Reason == "Kept" && one.ReportingController == "compat"
			}
			for _, one := range old.Items {
				keptOld = keptOld || one.Reason == "KeptOld" && one.Source.Component == "compat-old"
			}
			if !kept || !keptOld || len(old.Items) != len(events.Items) {
				return fmt.Errorf("%d and %d events, %v, %v", len(old.Items), len(events.Items), kept, keptOld)
			}
			return nil
		})
	})
	check("finalized", func() error {
		if err := maps.Delete(ctx, "one", metav1.DeleteOptions{}); err != nil {
			return err
		}
		return within(func() error {
			if _, err := maps.Get(ctx, "one", metav1.GetOptions{}); !apierrors.IsNotFound(err) {
				return fmt.Errorf("the config map: %v", err)
			}
			if _, err := secrets.Get(ctx, "one", metav1.GetOptions{}); !apierrors.IsNotFound(err) {
				return fmt.Errorf("the secret: %v", err)
			}
			return nil
		})
	})
}

func value(ctx context.Context, plain kubernetes.Interface, namespace, want string) error {
	secret, err := plain.CoreV1().Secrets(namespace).Get(ctx, "one", metav1.GetOptions{})
	if err == nil && string(secret.Data["value"]) != want {
		return fmt.Errorf("value is %q", secret.Data["value"])
	}
	return err
}

// informing watches a kind that comes and goes, by dynamic and metadata informers.
func informing(ctx context.Context, config *rest.Config, namespace string) {
	objects := dynamic.NewForConfigOrDie(config)
	crds := objects.Resource(schema.GroupVersionResource{Group: "apiextensions.k8s.io", Version: "v1", Resource: "customresourcedefinitions"})
	definition := &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": map[string]any{"name": "widgets.compat.example.com"},
		"spec": map[string]any{"group": "compat.example.com", "scope": "Namespaced", "names": map[string]any{"plural": "widgets", "kind": "Widget"},
			"versions": []any{map[string]any{"name": "v1", "served": true, "storage": true, "subresources": map[string]any{"status": map[string]any{}},
				"schema": map[string]any{"openAPIV3Schema": map[string]any{"type": "object", "x-kubernetes-preserve-unknown-fields": true}}}}}}}
	check("kind", func() error {
		_, err := crds.Create(ctx, definition, metav1.CreateOptions{})
		return err
	})
	informers := dynamicinformer.NewFilteredDynamicSharedInformerFactory(objects, 0, namespace, nil)
	informer := informers.ForResource(widgets).Informer()
	seen := make(chan string, 100)
	informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    func(o any) { seen <- "added" },
		UpdateFunc: func(_, o any) { seen <- "updated" },
		DeleteFunc: func(o any) { seen <- "deleted" }})
	check("dynamic-informer", func() error {
		informers.Start(ctx.Done())
		if !cache.WaitForCacheSync(ctx.Done(), informer.HasSynced) {
			return fmt.Errorf("never synced")
		}
		of := objects.Resource(widgets).Namespace(namespace)
		one := &unstructured.Unstructured{Object: map[string]any{"apiVersion": "compat.example.com/v1", "kind": "Widget", "metadata": map[string]any{"name": "w"}, "spec": map[string]any{"size": int64(1)}}}
		made, err := of.Create(ctx, one, metav1.CreateOptions{})
		if err != nil {
			return err
		}
		unstructured.SetNestedField(made.Object, "ok", "status", "phase")
		if _, err = of.UpdateStatus(ctx, made, metav1.UpdateOptions{}); err != nil {
			return err
		}
		if _, err = of.Apply(ctx, "w", &unstructured.Unstructured{Object: map[string]any{"apiVersion": "compat.example.com/v1", "kind": "Widget", "metadata": map[string]any{"name": "w"}, "spec": map[string]any{"colour": "red"}}}, metav1.ApplyOptions{FieldManager: "compat"}); err != nil {
			return err
		}
		if err = of.Delete(ctx, "w", metav1.DeleteOptions{}); err != nil {
			return err
		}
		for _, want := range []string{"added", "updated", "updated", "deleted"} {
			select {
			case got := <-seen:
				if got != want {
					return fmt.Errorf("%s instead of %s", got, want)
				}
			case <-time.After(10 * time.Second):
				return fmt.Errorf("never %s", want)
			}
		}
		return nil
	})
	check("metadata", func() error {
		found, err := metadata.NewForConfigOrDie(config).Resource(schema.GroupVersionResource{Version: "v1", Resource: "configmaps"}).Namespace(namespace).List(ctx, metav1.ListOptions{})
		if err == nil && (len(found.Items) != 1 || found.Items[0].Name != "kube-root-ca.crt" || found.Items[0].Kind != "PartialObjectMetadata") {
			return fmt.Errorf("%v", found.Items)
		}
		return err
	})
	check("kind-gone", func() error { return crds.Delete(ctx, "widgets.compat.example.com", metav1.DeleteOptions{}) })
}

// binaryReads reads and watches with a client that takes nothing but protobuf, and learns what is wrong.
func binaryReads(ctx context.Context, plain kubernetes.Interface, namespace string) {
	check("protobuf", func() error {
		if _, err := plain.CoreV1().ConfigMaps(namespace).Get(ctx, "none", metav1.GetOptions{}); !apierrors.IsNotFound(err) {
			return fmt.Errorf("not told that it is not there: %v", err)
		}
		accounts, err := plain.CoreV1().ServiceAccounts(namespace).List(ctx, metav1.ListOptions{})
		if err != nil || len(accounts.Items) != 1 || accounts.Items[0].Name != "default" || accounts.ResourceVersion == "" {
			return fmt.Errorf("%v %v", accounts, err)
		}
		watch, err := plain.CoreV1().ConfigMaps(namespace).Watch(ctx, metav1.ListOptions{})
		if err != nil {
			return err
		}
		defer watch.Stop()
		event := <-watch.ResultChan()
		if found, ok := event.Object.(*corev1.ConfigMap); !ok || found.Name != "kube-root-ca.crt" {
			return fmt.Errorf("%v", event)
		}
		return nil
	})
}
