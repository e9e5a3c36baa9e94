/** {@code tidegate demo}: the main job on real data, checked. */
package dev.tidegate.cli.demo;
