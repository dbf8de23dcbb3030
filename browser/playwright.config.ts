import { defineConfig } from "@playwright/test";

const chromium = {
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  // The sandbox needs rights that a container's root user does not have; the rest keeps the browser off the network.
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
  ],
};

export default defineConfig({
  testDir: "journeys",
  outputDir: "test-results",
  workers: 1,
  retries: 0,
  forbidOnly: !!process.env.CI,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["./reporter.ts"]],
  use: {
    browserName: "chromium",
    launchOptions: chromium,
    actionTimeout: 10_000,
    locale: "en-GB",
    timezoneId: "Europe/London",
    screenshot: "only-on-failure",
    // The film of a trace costs a fifth of the run, and its snapshots show the same.
    trace: { mode: "retain-on-failure", screenshots: false },
  },
  projects: [
    { name: "desktop", use: { viewport: { width: 1280, height: 900 } } },
    { name: "phone", use: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 } },
  ],
});
