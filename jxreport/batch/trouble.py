"""What the operating system says of a file, in Chinese."""

from __future__ import annotations

import errno

_WORDS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件超过了系统允许的大小",
    errno.EROFS: "文件夹所在的磁盘是只读的",
    errno.EACCES: "旧文件正在被其他程序打开，或没有写入权限",
    errno.EPERM: "旧文件正在被其他程序打开，或没有写入权限",
    errno.EBUSY: "文件正在被其他程序使用",
    errno.EIO: "磁盘读写出错",
    errno.ENOENT: "文件或文件夹不存在",
    errno.EISDIR: "同名的文件夹占着这个位置",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "同名的文件占着这个位置",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EMFILE: "打开的文件太多",
    errno.ENOLCK: "所在的磁盘（多半是网络盘）不支持文件锁",
    errno.EOPNOTSUPP: "所在的磁盘（多半是网络盘）不支持文件锁",
    errno.ESTALE: "网络盘的连接已失效",
    errno.ETIMEDOUT: "网络盘没有响应",
}


def why(problem: OSError) -> str:
    """The cause in words; an unknown one is given by its number."""
    if problem.errno in _WORDS:
        return _WORDS[problem.errno]
    if isinstance(problem, PermissionError):  # Windows has more numbers for it
        return _WORDS[errno.EACCES]
    return f"系统错误 {problem.errno}" if problem.errno else "系统出错"
