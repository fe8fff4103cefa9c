//! How the window's library is told what to draw with, and how it says what it draws on.
//!
//! The one place outside `core/src/os` that is gated by the operating system: Direct3D is there on Windows
//! alone, and the types to ask for it are compiled on Windows alone. Elsewhere they would bring two more
//! graphics stacks along for nothing.

use eframe::glow::HasContext as _;
use eframe::{CreationContext, NativeOptions};

use super::order::Renderer;

/// What can be tried on this system, in the usual order.
pub(super) fn available() -> &'static [Renderer] {
    if cfg!(windows) {
        &[Renderer::Direct3d, Renderer::Opengl, Renderer::Direct3dSoftware]
    } else {
        &[Renderer::Opengl]
    }
}

/// Options for one of the available ones.
#[cfg(not(windows))]
pub(super) fn choose(renderer: Renderer, options: NativeOptions) -> NativeOptions {
    match renderer {
        Renderer::Direct3d | Renderer::Opengl | Renderer::Direct3dSoftware => {
            NativeOptions { renderer: eframe::Renderer::Glow, ..options }
        }
    }
}

/// Options for one of the available ones.
#[cfg(windows)]
pub(super) fn choose(renderer: Renderer, options: NativeOptions) -> NativeOptions {
    let direct3d =
        |wgpu_options, options| NativeOptions { renderer: eframe::Renderer::Wgpu, wgpu_options, ..options };
    match renderer {
        Renderer::Direct3d => direct3d(direct3d::configuration(false), options),
        Renderer::Direct3dSoftware => direct3d(direct3d::configuration(true), options),
        Renderer::Opengl => NativeOptions { renderer: eframe::Renderer::Glow, ..options },
    }
}

/// What the window is drawn on, in the driver's words. Of OpenGL the version and what the driver adds to it
/// (`4.6 NVIDIA 551.23`): the name of the card cannot be asked for without `unsafe`.
pub(super) fn adapter(creation: &CreationContext<'_>) -> Option<String> {
    #[cfg(windows)]
    if let Some(state) = &creation.wgpu_render_state {
        return Some(direct3d::words(&state.adapter.get_info()));
    }
    let version = creation.gl.as_ref()?.version();
    let es = if version.is_embedded { "ES " } else { "" };
    let words = format!("OpenGL {es}{}.{} {}", version.major, version.minor, version.vendor_info);
    Some(words.trim_end().to_owned())
}

#[cfg(windows)]
mod direct3d {
    use std::sync::Arc;

    use eframe::egui_wgpu::{SurfaceConfig, WgpuConfiguration, WgpuSetup, WgpuSetupCreateNew};
    use eframe::wgpu::{
        Adapter, AdapterInfo, BackendOptions, Backends, DeviceDescriptor, DeviceType, Dx12BackendOptions,
        Dx12Compiler, InstanceDescriptor, InstanceFlags, Limits, MemoryHints, PowerPreference, PresentMode,
        Surface,
    };

    /// Nothing of the environment is heeded (`WGPU_BACKEND` and its like), so that what is recorded about a
    /// start is what was done.
    pub(super) fn configuration(only_software: bool) -> WgpuConfiguration {
        let dx12 = Dx12BackendOptions {
            // Part of Windows (d3dcompiler_47.dll); the newer compiler would have to be shipped.
            shader_compiler: Dx12Compiler::Fxc,
            ..Dx12BackendOptions::default()
        };
        let setup = WgpuSetupCreateNew {
            instance_descriptor: InstanceDescriptor {
                backends: Backends::DX12,
                flags: InstanceFlags::empty(),
                backend_options: BackendOptions { dx12, ..BackendOptions::default() },
                ..InstanceDescriptor::new_without_display_handle()
            },
            power_preference: PowerPreference::LowPower,
            native_adapter_selector: Some(Arc::new(
                move |adapters: &[Adapter], surface: Option<&Surface<'_>>| {
                    select(adapters, surface, only_software)
                },
            )),
            device_descriptor: Arc::new(device),
            ..WgpuSetupCreateNew::without_display_handle()
        };
        // In turn with the screen: there on every system, and it bounds what a program can draw.
        let surface = SurfaceConfig { present_mode: PresentMode::Fifo, ..SurfaceConfig::LOW_LATENCY };
        WgpuConfiguration { wgpu_setup: WgpuSetup::CreateNew(setup), ..WgpuConfiguration::default() }
            .with_surface_config(surface)
    }

    /// The adapter that saves most energy, the software one (WARP) last, and of those only what can show
    /// this window. Adapters come from DXGI in an order of its own.
    fn select(
        adapters: &[Adapter],
        surface: Option<&Surface<'_>>,
        only_software: bool,
    ) -> Result<Adapter, String> {
        let suits = |adapter: &&Adapter| {
            let is_asked_for = !only_software || adapter.get_info().device_type == DeviceType::Cpu;
            is_asked_for && surface.is_none_or(|surface| adapter.is_surface_supported(surface))
        };
        let best = adapters.iter().filter(suits).min_by_key(|adapter| rank(adapter.get_info().device_type));
        best.cloned().ok_or_else(|| format!("None of {} adapters can show the window", adapters.len()))
    }

    fn rank(kind: DeviceType) -> u8 {
        match kind {
            DeviceType::IntegratedGpu => 0,
            DeviceType::DiscreteGpu => 1,
            DeviceType::VirtualGpu => 2,
            DeviceType::Other => 3,
            DeviceType::Cpu => 4,
        }
    }

    /// Asks for the least that draws a window, so that old cards and the software adapter can give it; of
    /// textures for the adapter's largest, for a window across several screens.
    fn device(adapter: &Adapter) -> DeviceDescriptor<'static> {
        DeviceDescriptor {
            label: Some("window"),
            required_limits: Limits::downlevel_webgl2_defaults().using_resolution(adapter.limits()),
            memory_hints: MemoryHints::MemoryUsage,
            ..DeviceDescriptor::default()
        }
    }

    pub(super) fn words(info: &AdapterInfo) -> String {
        let kind = match info.device_type {
            DeviceType::IntegratedGpu => "integrated",
            DeviceType::DiscreteGpu => "discrete",
            DeviceType::VirtualGpu => "virtual",
            DeviceType::Cpu => "software",
            DeviceType::Other => "other",
        };
        let driver = if info.driver.is_empty() { "" } else { ", driver " };
        format!("{} ({kind}{driver}{})", info.name, info.driver)
    }
}
